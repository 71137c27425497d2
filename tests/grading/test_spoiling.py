"""A function that another one spoils, though that passes its own tests, loses nothing, and is told which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading.programs import lendable
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.notebooks.name_map import NO_NAMES, parse_name_map
from grader.reports import wording

NUMPY = "import numpy as np"
LINEAR = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
COUNTING = """count = [0]


def linear_forward(A, W, b):
    count[0] += 1
    return W @ A + b * (1 if count[0] == 1 else 2), (A, W, b)"""
FORWARD = """def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return (1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(Z, 0)), (cache, Z)"""
MODEL = """def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        last = {last}
        A, cache = linear_activation_forward(A, parameters[f"W{{l}}"], parameters[f"b{{l}}"], last)
        caches.append(cache)
    return A, caches"""
RIGHT = MODEL.format(last='"sigmoid" if l == L else "relu"')
WRONG = MODEL.format(last='"sigmoid"')
BACK = """def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m"""
IN_PLACE = """def relu_backward(dA, Z):
    dA[Z <= 0] = 0
    return dA


def linear_activation_backward(dA, cache, activation):
    linear, Z = cache
    dZ = relu_backward(dA, Z) if activation == "relu" else dA / (1 + np.exp(-Z)) / (1 + np.exp(Z))
    return linear_backward(dZ, linear)"""
MODEL_BACK = """def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads"""


def scores(report: Report) -> dict[str, Score]:
    return {score.name: score for score in report.exercises if score.source}


def test_what_changes_its_argument_in_place_is_the_cause(graded: Callable[..., Report]) -> None:
    found = scores(graded(NUMPY, BACK, IN_PLACE, MODEL_BACK))
    assert all(score.points == 10 for score in found.values())
    assert found["linear_activation_backward"].credited == "as_written"
    spoiled = found["L_model_backward"]
    assert (spoiled.credited, spoiled.cause) == ("isolated", "linear_activation_backward")
    assert wording.explanation(spoiled) == spoiled.message
    assert spoiled.message == (
        "linear_activation_backward, which it needs, changes its dA in place; "
        "this function is right by itself."
    )


def test_the_helper_that_changes_the_callers_argument_is_named(graded: Callable[..., Report]) -> None:
    assert graded(NUMPY, BACK, IN_PLACE).notes == (
        "linear_activation_backward: calls relu_backward, which changes the caller's dA",
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param("A[A > 0] = 0", "changes the caller's A", id="itself"),
        pytest.param("clean(A)", "calls clean, which changes the caller's A", id="a helper"),
        pytest.param("np.random.shuffle(A)", "leaves the caller's A changed", id="nobody knows"),
    ],
)
def test_who_changes_the_callers_argument_is_named_as_far_as_it_is_known(
    graded: Callable[..., Report], body: str, told: str
) -> None:
    helper = "def clean(x):\n    x[x > 0] = 0"
    forward = (
        f"def linear_forward(A, W, b):\n    done = W @ A + b, (A.copy(), W, b)\n    {body}\n    return done"
    )
    report = graded(NUMPY, helper, forward)
    assert [note for note in report.notes if "caller's" in note] == [f"linear_forward: {told}"]


def test_a_graded_function_that_changes_it_is_named_by_those_that_call_it(
    graded: Callable[..., Report],
) -> None:
    forward = LINEAR.replace("    return", "    kept = A.copy()\n    A *= 2\n    return").replace(
        "A + b, (A", "kept + b, (kept"
    )
    report = graded(NUMPY, forward, FORWARD)
    assert (
        "linear_activation_forward: calls linear_forward, which changes the caller's A_prev" in report.notes
    )


def test_what_keeps_state_is_the_cause_however_far_below_it_is(graded: Callable[..., Report]) -> None:
    found = scores(graded(NUMPY, COUNTING, FORWARD, RIGHT))
    assert all(score.points == 10 for score in found.values())
    spoiled = found["L_model_forward"]
    assert (spoiled.credited, spoiled.cause) == ("isolated", "linear_forward")
    assert "does it keep something from call to call?" in spoiled.message


def test_a_function_that_is_wrong_itself_is_told_as_it_was_written(graded: Callable[..., Report]) -> None:
    spoiled = scores(graded(NUMPY, COUNTING, FORWARD, WRONG))["L_model_forward"]
    alone = scores(graded(NUMPY, LINEAR, FORWARD, WRONG))["L_model_forward"]
    assert spoiled.points == alone.points == 0
    assert (spoiled.credited, spoiled.cause) == ("as_written", None)
    assert spoiled.cases[0].message != ""


def test_two_that_spoil_together_are_no_single_cause(graded: Callable[..., Report]) -> None:
    forgetful = FORWARD.replace("    Z, cache", "    calls.append(1)\n    Z, cache").replace(
        "(cache, Z)", "(cache, Z * len(calls))"
    )
    spoiled = scores(graded(NUMPY, f"calls = []\n{COUNTING}", forgetful, RIGHT))["L_model_forward"]
    assert (spoiled.points, spoiled.credited) == (10, "isolated")
    assert spoiled.cause == "linear_activation_forward", (
        "beside whose reference its own linear_forward goes too"
    )


def test_only_what_its_reference_calls_is_lent(assignment: Assignment) -> None:
    assert lendable(assignment, "L_model_forward") == {"linear_activation_forward", "linear_forward"}
    assert lendable(assignment, "linear_forward") == set()


def test_a_function_gets_no_other_one_lent_than_its_reference_calls(graded: Callable[..., Report]) -> None:
    update = "def update_parameters(params, grads, learning_rate):\n    return L_model_forward(params, grads)"
    found = scores(graded(NUMPY, LINEAR, FORWARD, RIGHT, update))
    assert (found["update_parameters"].points, found["update_parameters"].credited) == (0, "as_written")


def test_names_of_ones_own_are_no_matter(graded: Callable[..., Report], assignment: Assignment) -> None:
    text = "count_forward = linear_forward"
    names = parse_name_map(text, assignment.wanted.functions, "names.txt")
    theirs = [cell.replace("linear_forward(", "count_forward(") for cell in (COUNTING, FORWARD)]
    report = graded(NUMPY, *theirs, RIGHT, names=names)
    assert names is not NO_NAMES
    assert scores(report)["L_model_forward"].cause == "linear_forward"
