"""An instructor's checks say what is wrong with the reference; those of the first exercise see much."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition, reference_functions
from grader.assignments.loader import load
from grader.authoring.reference_checks import failed_checks
from grader.authoring.validate import findings
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

TESTCASES = """
import numpy as np

from grader.testcase import check, exercise


@exercise(points=5, public=1)
def double(rng):
    for size in (3, 1, 4):
        yield {"x": rng.standard_normal(size)}


@check
def is_even(rng, reference):
    whole = rng.integers(1, 100, 8)
"""

Failed = Callable[..., list[str]]


@pytest.fixture
def failed(small_course: Callable[..., Course]) -> Failed:
    """A function from the body of a check to what is said of the reference."""

    def of(body: str) -> list[str]:
        return list(failed_checks(load(small_course(testcases=f"{TESTCASES}    {body}\n"), "small")))

    return of


def test_nothing_is_said_of_a_reference_that_is_right(failed: Failed) -> None:
    assert failed("assert (reference.double(whole) % 2 == 0).all()") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            "assert (reference.double(whole) % 2 == 1).all()",
            "is_even (seed 0): `assert (reference.double(whole) % 2 == 1).all()` does not hold",
            id="an assertion without a text is shown itself",
        ),
        pytest.param("assert False, 'odd'", "is_even (seed 0): odd", id="the text of an assertion"),
        pytest.param(
            "reference.double({})",
            "is_even (seed 0): it raised TypeError: unsupported operand type(s) for *: 'int' and 'dict'",
            id="another exception is a fault too",
        ),
        pytest.param(
            "reference.treble(whole)",
            "is_even (seed 0): it raised AttributeError: "
            "'types.SimpleNamespace' object has no attribute 'treble'",
            id="a function that the reference does not have",
        ),
    ],
)
def test_a_check_that_fails_says_why(failed: Failed, body: str, said: str) -> None:
    assert failed(body) == [said]


def test_a_long_fault_is_cut_to_one_line(failed: Failed) -> None:
    (fault,) = failed(
        "np.testing.assert_allclose(reference.double(whole), np.arange(8.0), err_msg='y' * 400)"
    )
    assert fault.startswith("is_even (seed 0): Not equal to tolerance")
    assert "\n" not in fault
    assert len(fault) < 320


def test_a_check_is_made_with_several_seeds(failed: Failed) -> None:
    (fault,) = failed("assert whole[0] != np.random.default_rng(2).integers(1, 100, 8)[0], 'seen'")
    assert fault == "is_even (seed 2): seen"


def test_validation_counts_the_checks_and_tells_their_faults(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    definition = load(small_course(testcases=f"{TESTCASES}    assert False, 'odd'\n"), "small")
    found = {f.claim: f.faults for f in findings(definition, prepare(definition, sandbox, "x"), sandbox)}
    assert found["It holds 1 checks that do not come from it."] == ("is_even (seed 0): odd",)


# ---------------------------------------------------------------- the first exercise


def test_the_first_reference_holds_its_checks(definition: Definition) -> None:
    assert len(definition.checks) == 5
    assert list(failed_checks(definition)) == []


@pytest.mark.parametrize("seed", range(10, 15))
def test_the_first_reference_holds_its_checks_for_other_seeds(definition: Definition, seed: int) -> None:
    for check in definition.checks.values():
        check.function(np.random.default_rng(seed), reference_functions(definition))


@pytest.mark.parametrize(
    ("right", "wrong", "failing"),
    [
        pytest.param(
            "dW = dZ @ A_prev.T / m",
            "dW = dZ @ A_prev.T",
            {"gradients_agree_with_finite_differences", "a_batch_has_the_mean_gradients_of_its_parts"},
            id="a sum in place of a mean",
        ),
        pytest.param(
            "dA = -(Y / AL - (1 - Y) / (1 - AL))",
            "dA = Y / AL - (1 - Y) / (1 - AL)",
            {"gradients_agree_with_finite_differences"},
            id="the gradient of the cost has the wrong sign",
        ),
        pytest.param(
            "Z = W @ A + b ",
            "Z = W @ A + b * np.arange(A.shape[1]) ",
            {
                "gradients_agree_with_finite_differences",
                "examples_may_stand_in_any_order",
                "a_batch_has_the_mean_gradients_of_its_parts",
            },
            id="examples have places",
        ),
        pytest.param(
            "Z = W @ A + b ",
            "Z = W @ A + b + 1 ",
            {"the_linear_part_is_affine"},
            id="a constant is added, which has no gradient",
        ),
        pytest.param(
            'parameters[f"W{layer}"] - learning_rate *',
            'parameters[f"W{layer}"] - learning_rate**2 *',
            {"steps_add_up"},
            id="the rate is squared",
        ),
        pytest.param(
            'parameters[f"b{layer}"] - learning_rate *',
            'parameters[f"b{layer}"] - 0 *',
            {"steps_add_up"},
            id="biases stay",
        ),
    ],
)
def test_a_wrong_reference_fails_the_checks_that_can_see_it(
    definition: Definition, tmp_path: Path, right: str, wrong: str, failing: set[str]
) -> None:
    for folder in ("solutions", "testcases"):
        shutil.copytree(definition.course.root / folder, tmp_path / folder)
    solution = tmp_path / "solutions" / f"{definition.name}.py"
    source = solution.read_text(encoding="utf-8")
    assert source.count(right) == 1
    solution.write_text(source.replace(right, wrong), encoding="utf-8")
    faults = list(failed_checks(load(Course(tmp_path), definition.name)))
    assert {fault.split()[0] for fault in faults} == failing
