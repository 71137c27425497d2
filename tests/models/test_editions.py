"""Which edition a notebook is of is told by all of it, and one convention judges all cases of a function."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.models.report import Report, Score

NUMPY = "import numpy as np\nfrom dnn_utils_v2 import relu_backward, sigmoid_backward"
CURRENT = "from public_tests import *"
BACK = """def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    dZ = relu_backward(dA, cache[1]) if activation == "relu" else sigmoid_backward(dA, cache[1])
    return linear_backward(dZ, cache[0])"""
MODEL = """def L_model_backward(AL, Y, caches):
    grads, L = {{}}, len(caches)
    Y = Y.reshape(AL.shape)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    {comment}
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid" if l == L else "relu")
        grads[f"dA{{{number}}}"], grads[f"dW{{l}}"], grads[f"db{{l}}"] = dA, dW, db
    return grads"""
OLD_COMMENT = '# Outputs: grads["dAL"], grads["dWL"], grads["dbL"]'
LATER_COMMENT = '# Outputs: grads["dAL-1"], grads["dWL"], grads["dbL"]'
NOTE = "L_model_backward: judged by the convention of an earlier edition"


def old(comment: str = "") -> str:
    return MODEL.format(comment=comment, number="l")


def new(comment: str = "") -> str:
    return MODEL.format(comment=comment, number="l - 1")


def score_of(report: Report) -> Score:
    return next(score for score in report.exercises if score.name == "L_model_backward")


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param((NUMPY, BACK, old(OLD_COMMENT)), id="its template is there"),
        pytest.param((NUMPY, BACK, old(), OLD_COMMENT), id="its template is in another cell"),
        pytest.param((NUMPY, BACK, old()), id="nothing tells the edition"),
        pytest.param((NUMPY, CURRENT, BACK, old(OLD_COMMENT)), id="both are told"),
    ],
)
def test_a_notebook_that_may_be_old_may_count_from_1(
    graded: Callable[..., Report], cells: tuple[str]
) -> None:
    report = graded(*cells)
    assert score_of(report).points == 10
    assert NOTE in report.notes


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param((NUMPY, CURRENT, BACK, old()), id="it has the public tests of the current one"),
        pytest.param((NUMPY, BACK, old(LATER_COMMENT)), id="its template asks for the current numbers"),
    ],
)
def test_a_notebook_of_the_current_edition_may_not(graded: Callable[..., Report], cells: tuple[str]) -> None:
    report = graded(*cells)
    score = score_of(report)
    assert (score.points, score.message) == (0, "grads has no 'dA0'.")
    assert NOTE not in report.notes


@pytest.mark.parametrize("comment", ["", OLD_COMMENT, LATER_COMMENT])
@pytest.mark.parametrize("first", ["", CURRENT])
def test_the_current_convention_counts_in_every_notebook(
    graded: Callable[..., Report], first: str, comment: str
) -> None:
    report = graded(NUMPY, f"{first}\n", BACK, new(comment))
    assert score_of(report).points == 10
    assert NOTE not in report.notes


def test_all_cases_are_judged_by_one_convention(graded: Callable[..., Report]) -> None:
    mixed = MODEL.format(comment=OLD_COMMENT, number="l if L == 2 else l - 1")
    score = score_of(graded(NUMPY, BACK, mixed))
    assert score.points == 0
    assert {case.verdict.value for case in score.cases} == {"passed", "wrong_structure"}


@pytest.mark.parametrize(
    "wrong", [old(OLD_COMMENT), new(OLD_COMMENT)], ids=["the old one", "the current one"]
)
def test_a_wrong_function_is_told_why_by_the_convention_that_it_keeps(
    graded: Callable[..., Report], wrong: str
) -> None:
    score = score_of(graded(NUMPY, BACK, wrong.replace("-(Y", "(Y")))
    assert score.points == 0
    assert score.message.startswith("grads['dA")
    assert "is wrong in" in score.message


@pytest.mark.parametrize(
    "module",
    ["dnn_utils", "dnn_utils_v2", "dnn_utils_v3", "dnn_app_utils", "dnn_app_utils_v2", "dnn_app_utils_v3"],
)
def test_the_provided_module_goes_by_the_names_of_all_editions(
    graded: Callable[..., Report], module: str
) -> None:
    imports = f"import numpy as np\nfrom {module} import *"
    assert score_of(graded(imports, BACK, new())).points == 10
