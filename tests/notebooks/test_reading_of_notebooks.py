"""Tests of what a report says of a notebook that cannot be read as it should be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import Report
from grader.reports.summary import Tally

LINEAR = "def linear_forward(A, W, b):\n    return np.dot(W, A) + b, (A, W, b)"


def of(report: Report, name: str = "linear_forward") -> Any:
    return next(score for score in report.exercises if score.name == name)


def marked(*names: str) -> list[str]:
    return [f"# GRADED FUNCTION: {name}\ndef {name}(x):\n    return x" for name in names]


def test_a_notebook_of_another_exercise_is_told_as_that(graded: Callable[..., Report]) -> None:
    others = ("layer_sizes", "forward_propagation", "backward_propagation", "nn_model", "predict")
    report = graded(*marked("initialize_parameters", "compute_cost", "update_parameters", *others))
    assert report.status == "unreadable"
    assert "another exercise: it has 3 of the 10 functions" in report.notes[0]
    assert "5 others are graded there and no part of this" in report.notes[0]


@pytest.mark.parametrize(
    "functions",
    [
        pytest.param(("linear_forward",), id="few of this and no other"),
        pytest.param(("linear_forward", "compute_cost", "a", "b"), id="as many of another"),
    ],
)
def test_a_notebook_with_few_functions_of_this_one_is_graded(
    graded: Callable[..., Report], functions: tuple[str, ...]
) -> None:
    assert graded(*marked(*functions)).status == "graded"


def test_an_import_that_is_hidden_in_a_broken_cell_is_told(graded: Callable[..., Report]) -> None:
    score = of(graded("import numpy as np\nx = (", LINEAR))
    assert score.message == "NameError: name 'np' is not defined"
    assert score.hint == "The 1st code cell, which would set `np`, does not parse, so nothing of it is run."


@pytest.mark.parametrize("body", ["    Z = W @ A + b", "    print(W @ A + b)"], ids=["no return", "print"])
def test_what_returns_nothing_was_written(graded: Callable[..., Report], body: str) -> None:
    score = of(graded(f"import numpy as np\ndef linear_forward(A, W, b):\n{body}"))
    assert (score.verdict, score.status) == (Verdict.WRONG_TYPE, Status.RETURNED)
    assert (score.message, score.hint) == ("It returns nothing (None).", "The function has no `return`.")


def test_a_cell_without_source_and_one_of_markdown_cost_themselves(graded: Callable[..., Report]) -> None:
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": []},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import numpy as np"},
        {"cell_type": "markdown", "metadata": {}, "source": "def compute_cost(AL, Y):\n    return 1"},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": LINEAR},
    ]
    report = graded(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode())
    assert of(report).points == of(report).max_points
    assert "the 1st code cell has no source text: nothing of it counts" in report.notes
    assert "The 3rd cell, which has it, is a Markdown cell: change it" in of(report, "compute_cost").message


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python parses it")
def test_newer_syntax_is_told_to_its_author_and_once_for_the_class(graded: Callable[..., Report]) -> None:
    report = graded("import numpy as np", "type Pair = tuple\n" + LINEAR)
    assert "it needs Python 3.12; this is 3.11" in of(report).message
    tally = Tally()
    tally.add(report)
    tally.add(report)
    assert list(tally.advice()) == [
        "2 notebooks have syntax of Python 3.12: to read it, install grader there and grade again."
    ]
