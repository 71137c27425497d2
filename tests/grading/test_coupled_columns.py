"""A function that mixes up columns is told which; one that keeps them apart is told nothing of the kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.coupled_columns import calls_with, column_changes, mixed_columns
from grader.grading.programs import program_of
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report
from grader.notebooks.extraction import extract
from grader.notebooks.reader import read_cells
from grader.sandbox.fork_server import ForkServer

LINEAR = "import numpy as np\n\n\ndef linear_forward(A, W, b):\n    Z = W @ A + b\n"
EPILOGUE = "\n    return Z, (A, W, b)"

Mixed = Callable[..., str]


def mixed_in(
    assignment: Assignment,
    sandbox: ForkServer,
    notebook: Callable[..., bytes],
    name: str,
    source: str,
    edition: int | None = None,
) -> str:
    submission = extract(read_cells(notebook(source)), assignment.wanted)
    exercise = next(exercise for exercise in assignment.exercises if exercise.name == name)
    changes = column_changes(exercise, edition, assignment, sandbox)
    runs = sandbox.run(program_of(submission, assignment.wanted), calls_with(changes))
    return mixed_columns(exercise, changes, runs)


@pytest.fixture
def mixed(assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Mixed:
    """A function from a graded function of the first assignment and its source to what is said of columns."""
    return partial(mixed_in, assignment, sandbox, notebook)


@pytest.fixture
def mixed_by_small(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Mixed:
    """A function from the reference, a generator's shapes and a notebook's `double` to what is said of it."""

    def say(reference: str, shapes: str, source: str) -> str:
        testcases = (
            "from grader.testcase import exercise\n\n\n@exercise()\ndef double(rng):\n"
            f"    for shape in {shapes}:\n        yield {{'x': rng.standard_normal(shape)}}\n"
        )
        solution = f"import numpy as np\n\n\ndef double(x):\n    return {reference}\n"
        assignment = prepare(load(small_course(solution, testcases), "small"), sandbox, "tests")
        source = f"import numpy as np\n\n\ndef double(x):\n    return {source}\n"
        return mixed_in(assignment, sandbox, notebook, "double", source)

    return say


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    "mixing",
    [
        pytest.param("Z = Z - Z.mean(axis=1, keepdims=True)", id="a mean over the examples is subtracted"),
        pytest.param("Z = Z / np.abs(Z).sum()", id="one scale for all examples"),
        pytest.param("Z = np.cumsum(Z, axis=1)", id="a running sum"),
    ],
)
def test_a_column_that_hangs_on_another_is_told(mixed: Mixed, mixing: str) -> None:
    assert mixed("linear_forward", f"{LINEAR}    {mixing}{EPILOGUE}") == (
        "Column 1 of your Z changes when only column 0 of A does: columns are mixed up."
    )


def test_all_arguments_that_change_are_named(mixed: Mixed) -> None:
    source = (
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    dZ = dZ - dZ.mean()\n"
        "    return W.T @ dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True)"
    )
    assert mixed("linear_backward", source) == (
        "Column 1 of your dA_prev changes when only column 0 of dZ and cache does: columns are mixed up."
    )


def test_an_edition_has_its_own_name_for_what_is_mixed_up(mixed: Mixed) -> None:
    source = (
        "def L_model_backward(AL, Y, caches):\n    grads = {}\n"
        "    for layer, ((A, W, b), Z) in enumerate(caches, 1):\n"
        '        grads[f"dA{layer}"] = A * AL.sum()\n'
        "    return grads"
    )
    assert mixed("L_model_backward", source, 0).startswith("Column 1 of your grads['dA2'] changes when")
    assert mixed("L_model_backward", source).startswith("Column 1 of your grads['dA1']")


def test_a_result_without_a_name_is_called_the_result(mixed_by_small: Mixed) -> None:
    said = mixed_by_small("2 * x", "[(2, 3), (4, 5)]", "2 * x / x.sum()")
    assert said == "Column 1 of your result changes when only column 0 of x does: columns are mixed up."


def test_columns_that_are_no_examples_are_columns_too(mixed_by_small: Mixed) -> None:
    said = mixed_by_small("x - x.mean(axis=0)", "[(2, 3), (4, 5)]", "x - x.mean()")
    assert said.startswith("Column 1 of your result changes when only column 0 of x does")


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"{LINEAR}    {EPILOGUE}", id="right"),
        pytest.param(f"{LINEAR}    Z = 3 * Z - 1{EPILOGUE}", id="wrong in each column by itself"),
        pytest.param(f"{LINEAR}    Z = Z[:, :1]{EPILOGUE}", id="wrong shape"),
        pytest.param(f"{LINEAR}    Z = Z + np.random.default_rng().random(Z.shape){EPILOGUE}", id="chance"),
        pytest.param(f"{LINEAR}    Z = (Z - Z.mean()) * 1e-16{EPILOGUE}", id="what rounding leaves of zero"),
        pytest.param(f"{LINEAR}    Z = Z * np.nan{EPILOGUE}", id="no numbers"),
        pytest.param(f"{LINEAR}    Z = str(Z){EPILOGUE}", id="a text"),
        pytest.param(f"{LINEAR}    return {{'Z': Z - Z.mean()}}", id="another structure"),
        pytest.param(f"{LINEAR}    return Z - Z.mean()", id="no tuple"),
        pytest.param(f"{LINEAR}    raise ValueError(Z.sum())", id="an exception"),
    ],
)
def test_nothing_is_said_where_no_column_hangs_on_another(mixed: Mixed, source: str) -> None:
    assert not mixed("linear_forward", source)


@pytest.mark.parametrize(
    ("reference", "shapes"),
    [
        pytest.param("x - x.mean(axis=1, keepdims=True)", "[(2, 3), (4, 5)]", id="the reference mixes them"),
        pytest.param("2 * x", "[(3, 3), (4, 4)]", id="columns could be rows"),
        pytest.param("2 * x", "[(2, 1), (4, 1)]", id="there is one column"),
        pytest.param("2 * x", "[3, 4]", id="no matrix"),
        pytest.param("x.sum(axis=0)", "[(2, 3), (4, 5)]", id="no matrix comes back"),
        pytest.param("np.zeros_like(x)", "[(2, 3), (4, 5)]", id="nothing of the inputs comes back"),
    ],
)
def test_nothing_is_said_where_the_reference_keeps_no_columns(
    mixed_by_small: Mixed, reference: str, shapes: str
) -> None:
    assert not mixed_by_small(reference, shapes, f"({reference}) / x.sum()")


def test_hidden_cases_have_no_part_in_it(mixed_by_small: Mixed) -> None:
    mixes_in_large = "2 * x / (x.sum() if x.size > 20 else 3)"
    assert not mixed_by_small("2 * x", "[(2, 3), (4, 5), (6, 7)]", mixes_in_large)
    assert mixed_by_small("2 * x", "[(6, 7), (4, 5), (2, 3)]", mixes_in_large)


# ---------------------------------------------------------------- in a report


def hint(report: Report, name: str) -> str:
    return next(score.hint for score in report.exercises if score.name == name)


SCALED = """
def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for layer in range(1, L + 1):
        activation = "sigmoid" if layer == L else "relu"
        A, cache = linear_activation_forward(
            A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation
        )
        A = A if layer == L else A / A.max()
        caches.append(cache)
    return A, caches
"""
MIXED = "Column 1 of your AL changes when only column 0 of X does: columns are mixed up."
LAYER = (
    "def linear_activation_forward(A_prev, W, b, activation):\n    Z, cache = linear_forward(A_prev, W, b)\n"
    "    return (1 / (1 + np.exp(-Z)) if activation == 'sigmoid' else np.maximum(Z, 0)), (cache, Z)"
)


def test_a_report_has_it_when_nothing_else_is_known(graded: Callable[..., Report]) -> None:
    report = graded(f"{LINEAR}    Z = Z * (1 + 0.3 * Z.max()){EPILOGUE}".replace("Z.max()", "np.ptp(Z) ** Z"))
    assert "columns are mixed up" in hint(report, "linear_forward")


def test_a_surer_hint_goes_first(graded: Callable[..., Report]) -> None:
    assert "multiple" in hint(graded(f"{LINEAR}    Z = Z / Z.sum(){EPILOGUE}"), "linear_forward")


def test_a_function_is_not_blamed_for_what_another_may_mix_up(graded: Callable[..., Report]) -> None:
    report = graded(f"{LINEAR}    Z = Z - Z.mean(){EPILOGUE}", LAYER, SCALED)
    assert "mixed" not in hint(report, "L_model_forward")
