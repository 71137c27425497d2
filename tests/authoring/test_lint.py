"""The lint names each thing that would make test cases blind, or unjust."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.lint import lint
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = '''import numpy as np


# GRADED FUNCTION: f
def f(x):
    """Return something of x."""
    # YOUR CODE STARTS HERE
    y = {expression}
    # YOUR CODE ENDS HERE
    return y
'''

TESTCASES = '''"""Inputs."""

import numpy as np

from grader.testcase import exercise


@exercise(public=1, published=[{published}])
def f(rng):
    """Some."""
{yields}
'''

NO_ZERO = "f: no number is exactly 0, where it changes its course. Add a case in which one is."
NUMBERS = "f: no number takes both signs. Add a case in which one has the other sign."
ONE_SIGN = "f: no array has numbers of both signs. Add a case in which one does."
MIXED = "np.array([-1.5, 0.0, 2.5])"
OTHER = "np.array([1.5, -2.5])"

Faults = Callable[..., list[str]]


@pytest.fixture
def faults(small_course: Callable[..., Course], sandbox: ForkServer) -> Faults:
    """A function from the expression that `f` returns, and its inputs, to what the lint says."""

    def of(expression: str, *inputs: str, published: str = "") -> list[str]:
        yields = "\n".join(f"    yield {{'x': {x}}}" for x in inputs)
        solution = SOLUTION.format(expression=expression)
        course = small_course(solution, TESTCASES.format(published=published, yields=yields))
        definition = load(course, "small")
        return list(map(str, lint(definition, prepare(definition, sandbox, "lint"), sandbox)))

    return of


# ---------------------------------------------------------------- shapes

RANDOM = "rng.random({})"


def shaped(*shapes: tuple[int, ...]) -> list[str]:
    return [RANDOM.format(shape) for shape in shapes]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        pytest.param(shaped((2, 3), (4, 5)), [], id="sizes that vary"),
        pytest.param(shaped((2, 3), (4, 3)), ["axis 1 of x has 3 in every case"], id="one size"),
        pytest.param(shaped((3,), (3,)), ["axis 0 of x has 3 in every case"], id="one size of a vector"),
        pytest.param(shaped((2, 1), (4, 1)), [], id="a size of 1 is a shape of its own"),
        pytest.param(shaped((2, 3)), [], id="a single case varies in nothing"),
        pytest.param(["np.array(2.0)", "np.array(3.0)"], [], id="no axis"),
        pytest.param(
            shaped((2, 2), (2, 2)),
            ["axis 0 of x has 2 in every case", "axis 1 of x has 2 in every case"],
            id="square, of one size",
        ),
        pytest.param(
            [f"{{'W': [{RANDOM.format((n, 3))}]}}" for n in (2, 4)],
            ["axis 1 of x['W'][0] has 3 in every case"],
            id="an array inside an argument",
        ),
    ],
)
def test_shapes_in_which_a_mistake_would_not_show(faults: Faults, inputs: list[str], said: list[str]) -> None:
    found = faults("x", *inputs)
    assert len(found) == len(said)
    assert all(fault.startswith(f"f: {start}") for fault, start in zip(found, said, strict=True))


@pytest.mark.parametrize(
    ("expression", "inputs", "said"),
    [
        pytest.param("x.sum()", shaped((2, 2), (3, 3)), True, id="square, and the answer stays"),
        pytest.param("x", shaped((2, 2), (3, 3)), False, id="square, and the answer is another"),
        pytest.param("x.sum(axis=0)", ["np.eye(2)", "np.eye(3)"], True, id="symmetric in every case"),
        pytest.param("x.sum(axis=0)", ["np.eye(2)", "rng.random((3, 3))"], False, id="symmetric in one"),
        pytest.param("x.sum()", shaped((2, 2), (3, 4)), False, id="square in one case of two"),
        pytest.param("x.sum()", shaped((2, 2)), False, id="a single case"),
    ],
)
def test_an_array_is_named_when_a_transposed_one_would_pass(
    faults: Faults, expression: str, inputs: list[str], said: bool
) -> None:
    told = "f: x may be transposed in every case, and the answer stays. Let its sizes differ."
    assert faults(expression, *inputs) == ([told] if said else [])


def test_public_cases_help_nothing_since_hidden_ones_decide(faults: Faults) -> None:
    alike, another = shaped((2, 3), (4, 3)), "{'x': np.ones((5, 4))}"
    assert faults("x", *alike) == faults("x", *alike, published=another) != []
    assert faults("x", *alike, "np.ones((5, 4))") == []


# ---------------------------------------------------------------- signs


@pytest.mark.parametrize(
    ("expression", "inputs", "said"),
    [
        pytest.param("np.maximum(x, 0)", [MIXED, OTHER], [], id="both signs and a zero"),
        pytest.param("[abs(n) for n in x]", ["[1, -2]", "[0]"], [], id="both signs and a zero in lists"),
        pytest.param("[abs(n) for n in x]", ["[1, 2]", "[3]"], [NO_ZERO, NUMBERS], id="one sign in lists"),
        pytest.param("abs(x)", ["-2", "0", "2.5"], [], id="both signs and a zero, as single numbers"),
        pytest.param("np.maximum(x, 0) + 1", ["rng.random(3)", OTHER], [NO_ZERO], id="no zero"),
        pytest.param(
            "np.maximum(x, 0)", ["np.array([1.5, 0])", "np.ones(3)"], [ONE_SIGN], id="no number below 0"
        ),
        pytest.param("np.abs(x) + 1", ["rng.random(3)", "-rng.random(2)"], [NO_ZERO, ONE_SIGN], id="neither"),
        pytest.param("np.abs(x) + 1", [OTHER, "np.zeros(3)"], [NO_ZERO], id="nothing but zeros"),
        pytest.param("2 * x", ["rng.random(3)", "rng.random(2)"], [], id="no edge"),
    ],
)
def test_numbers_that_avoid_the_edge(
    faults: Faults, expression: str, inputs: list[str], said: list[str]
) -> None:
    assert faults(expression, *inputs) == said


@pytest.mark.parametrize(
    "expression",
    [
        "np.maximum(x, 0) + 1",
        "abs(x) + 1",
        "np.fabs(x) + 1",
        "np.absolute(x) + 1",
        "np.sign(x) + 2",
        "1 + x * (x > 0)",
        "1 + x * (x<=0)",
        "1 + x * (x >= 0.0)",
        "1 + x * (0 < x)",
    ],
)
def test_an_edge_is_seen_in(faults: Faults, expression: str) -> None:
    assert NO_ZERO in faults(expression, OTHER, "np.array([1.5, 3, -2.25])")


@pytest.mark.parametrize(
    "expression",
    ["x * (x > 0.5) + 9", "x * (1.0 < x) + 9", "x * (x > 0x10) + 9", "x + 9  # the design is assigned"],
)
def test_no_edge_is_seen_in(faults: Faults, expression: str) -> None:
    assert faults(expression, "1 + rng.random(3)", "1 + rng.random(2)") == []


# ---------------------------------------------------------------- conditions

NEAR = "np.array([1.0, 1 + 1e-7])"
APART = "np.array([1.0, 2.0, 0.5, 4.0])"


def test_a_case_near_a_cancellation_is_named(faults: Faults) -> None:
    (fault,) = faults("x[1] - x[0]", APART, NEAR)
    assert fault.startswith("f: hidden-2 is near a cancellation: rounding its inputs to float32 changes ")
    assert fault.endswith("of its size. Draw larger differences.")


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        pytest.param("x[1] - x[0]", "np.array([1.0, 1.5])", id="differences that are large"),
        pytest.param("x * 3", NEAR, id="a way to compute that loses nothing"),
        pytest.param("np.zeros(2) * x[0]", NEAR, id="an answer of zeros"),
        pytest.param("x[0] - 1.000000001", "np.array([1.000000001, 2])", id="an answer of 0 has no size"),
        pytest.param("x > 1 + 5e-8", NEAR, id="an answer of truths that all stay"),
        pytest.param("np.log(np.zeros(x.size)) * x", NEAR, id="an answer of infinities"),
        pytest.param("len(x)", NEAR, id="an answer without arrays"),
        pytest.param("x[x != 1]", "np.array([1.0, 1 + 1e-9, 3])", id="an answer of another shape"),
        pytest.param(
            "1 / 0 if x[0] == x[1] else x[1]", "np.array([1.0, 1 + 1e-9])", id="an input that raises"
        ),
        pytest.param(
            "1.0 * (x[1] - x[0])", "np.array([2**25, 2**25 + 1])", id="whole numbers are not rounded"
        ),
    ],
)
def test_a_case_that_is_well_conditioned_is_not(faults: Faults, expression: str, first: str) -> None:
    assert faults(expression, first, APART) == []


def test_a_difference_deep_inside_an_answer_counts(faults: Faults) -> None:
    assert len(faults('{"W": (x, [x[1] - x[0]])}', NEAR, APART)) == 1
    assert len(faults('{"W": (x, [float(x[1] - x[0])])}', NEAR, APART)) == 1


def test_a_truth_that_turns_is_an_answer_that_changes(faults: Faults) -> None:
    assert len(faults("x > 1 + 1e-9", "np.array([1.0, 1 + 2e-9])", APART)) == 1


# ---------------------------------------------------------------- tolerances

SINGLE = "x.astype(np.float32) / np.float32(0.3) * np.float32(0.9)"
ALIKE = '"""Another."""\n\nimport numpy as np\n\n\ndef f(x):\n    return {}\n'


@pytest.fixture
def spread(small_course: Callable[..., Course], sandbox: ForkServer) -> Faults:
    """A function from what an accepted version of `f(x) = 3 x` returns to what the lint says of it."""

    def of(expression: str, options: str = "public=1", inputs: tuple[str, ...] = (APART, MIXED)) -> list[str]:
        yields = "\n".join(f"    yield {{'x': {x}}}" for x in inputs)
        testcases = TESTCASES.format(published="", yields=yields).replace("public=1", options)
        accepted = {"testcases/small/accepted/another.py": ALIKE.format(expression)}
        definition = load(small_course(SOLUTION.format(expression="3 * x"), testcases, **accepted), "small")
        return list(map(str, lint(definition, prepare(definition, sandbox, "lint"), sandbox)))

    return of


def test_a_right_version_near_the_tolerance_is_named_with_case_spread_and_tolerance(spread: Faults) -> None:
    assert spread("3 * x * (1 + 2e-6 * len(x))") == [
        "f: another.py nearly uses up the tolerance: it is off by 8e-06 of the largest number in public-1, "
        "more than a tenth of what rtol=1e-05 and atol=1e-07 allow. Another seed may cost it its points. "
        "Let @exercise have larger ones."
    ]


@pytest.mark.parametrize(
    ("expression", "options", "named"),
    [
        pytest.param("x + x + x", "public=1", 0, id="a spread of roundings"),
        pytest.param("3 * x * (1 + 9e-7)", "public=1", 0, id="just below a tenth"),
        pytest.param("3 * x * (1 + 1.1e-6)", "public=1", 1, id="just above a tenth"),
        pytest.param("3 * x * (1 + 1.1e-6)", "public=1", 1, id="in a public case as well"),
        pytest.param("3 * x * (1 + 2e-5)", "public=1", 0, id="what is wrong is said elsewhere"),
        pytest.param(SINGLE, "public=1, rtol=1e-7", 1, id="float32, too far"),
        pytest.param(SINGLE, "public=1", 0, id="float32, as allowed"),
    ],
)
def test_how_far_right_versions_may_be_apart(
    spread: Faults, expression: str, options: str, named: int
) -> None:
    assert len(spread(expression, options)) == named


def test_a_case_without_numbers_to_round_is_not_run_again(
    small_course: Callable[..., Course], sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    yields = "    yield {'x': 2}\n    yield {'x': [1, 3]}"
    course = small_course(SOLUTION.format(expression="x"), TESTCASES.format(published="", yields=yields))
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "lint")
    made: list[object] = []
    monkeypatch.setattr(ForkServer, "run", lambda _self, _program, calls, *_: made.extend(calls) or [])
    assert [*lint(definition, assignment, sandbox)] == []
    assert made == []
