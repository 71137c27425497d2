"""Two notebooks of other authors get the marks that they deserve, where they stand beside the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.definition import Definition
from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import Report, Score
from grader.notebooks.name_map import parse_name_map

SUBMISSIONS = Path(__file__).parents[3] / "shared" / "submissions"

NAMES = """
init_params = initialize_parameters
init_params_L = initialize_parameters_deep
linear_fp = linear_forward
linear_activation_fp(activation, A_prev, W, b) -> A, linear_cache, activation_cache \
    = linear_activation_forward(A_prev, W, b, activation) -> A, (linear_cache, activation_cache)
L_model_fp = L_model_forward
linear_bp = linear_backward
linear_activation_bp(activation, dA, cache) -> dA_prev, dW, db \
    = linear_activation_backward(dA, cache, activation) -> dA_prev, dW, db
L_model_bp = L_model_backward
update_params = update_parameters
"""


def submission(name: str) -> bytes:
    path = SUBMISSIONS / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_bytes()


def by_name(report: Report) -> dict[str, Score]:
    return {score.name: score for score in report.exercises}


# ---------------------------------------------------------------- a learner's


@pytest.fixture(scope="module")
def learner(graded: Callable[..., Report]) -> Report:
    return graded(submission("seed_1_learner.ipynb"))


def test_the_learner_loses_the_one_function_that_lacks_an_import(learner: Report) -> None:
    assert (learner.status, learner.points) == ("graded", 90)
    lost = [score for score in learner.exercises if score.verdict is not Verdict.PASSED]
    assert [score.name for score in lost] == ["update_parameters"]
    assert (lost[0].verdict, lost[0].status) == (Verdict.DID_NOT_RUN, Status.RAISED)
    assert lost[0].message == "NameError: name 'copy' is not defined"
    assert "import copy" in lost[0].hint
    assert (lost[0].cell, lost[0].line) == (30, 16)
    assert learner.notes == ("update_parameters: copy is used but never imported",)


def test_the_learners_own_activations_are_used(learner: Report) -> None:
    scores = by_name(learner)
    for name in ("linear_activation_forward", "linear_activation_backward", "L_model_backward"):
        assert scores[name].credited == "as_written"
        assert scores[name].points == 10


# ---------------------------------------------------------------- an author's with other names


@pytest.fixture(scope="module")
def blog(graded: Callable[..., Report], definition: Definition) -> Report:
    names = parse_name_map(NAMES, definition.wanted.functions)
    return graded(submission("seed_2_blog.ipynb"), names=names)


FAULTS = {
    "initialize_parameters": (Verdict.WRONG_VALUE, Status.RETURNED),
    "initialize_parameters_deep": (Verdict.WRONG_VALUE, Status.RETURNED),
    "linear_backward": (Verdict.WRONG_SHAPE, Status.RETURNED),
    "linear_activation_backward": (Verdict.DID_NOT_RUN, Status.RAISED),
}


def test_each_fault_is_found_in_its_own_function(blog: Report) -> None:
    scores = by_name(blog)
    lost = {name: (s.verdict, s.status) for name, s in scores.items() if s.verdict is not Verdict.PASSED}
    assert lost == FAULTS
    assert blog.points == 60
    assert "name 'z' is not defined" in scores["linear_activation_backward"].message
    assert "update_parameters: changes the caller's params" in blog.notes


def test_nothing_right_is_called_wrong_for_its_order_of_parameters_and_results(blog: Report) -> None:
    scores = by_name(blog)
    right = (
        "linear_forward",
        "linear_activation_forward",
        "L_model_forward",
        "compute_cost",
        "update_parameters",
    )
    assert {scores[name].credited for name in right} == {"as_written"}
    assert scores["L_model_backward"].credited == "isolated"
    assert scores["L_model_backward"].cause == "linear_activation_backward"


def test_without_a_name_map_only_the_common_name_counts(graded: Callable[..., Report]) -> None:
    report = graded(submission("seed_2_blog.ipynb"))
    assert [s.name for s in report.exercises if s.points] == ["compute_cost"]
    assert {s.verdict for s in report.exercises} == {Verdict.PASSED, Verdict.NOT_ATTEMPTED}
