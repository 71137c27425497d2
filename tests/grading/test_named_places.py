"""Cells are called by their names in a score; what student code said is left as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from samples import WRONG

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.comparison.verdict import Verdict
from grader.execution.grader import Grader, Order
from grader.grading.named_places import at_named_place
from grader.models.report import Report, at_place
from grader.notebooks.cell_names import CellNames

CELLS = [{"cell_type": "code", "source": "x", "execution_count": count} for count in (5, 6, None)]
NAMES = CellNames(json.dumps({"nbformat": 4, "cells": CELLS}).encode(), "a.ipynb")


@pytest.mark.parametrize(
    ("verdict", "message", "named"),
    [
        pytest.param(
            Verdict.DID_NOT_RUN,
            "ValueError: no cell 2, in a call of f (cell 2, line 3)",
            "ValueError: no cell 2, in a call of f (In [6], line 3)",
            id="an exception",
        ),
        pytest.param(
            Verdict.DID_NOT_RUN, "Cell 3 does not parse: line 1.",
            "The 3rd code cell does not parse: line 1.", id="a cell that does not parse",
        ),
        pytest.param(
            Verdict.NOT_ATTEMPTED, "f is not written yet. Its cell 1 defines no function.",
            "f is not written yet. Its In [5] defines no function.", id="a blank",
        ),
    ],
)  # fmt: skip
def test_texts_of_ours_call_cells_by_their_names(verdict: Verdict, message: str, named: str) -> None:
    case = replace(WRONG.cases[0], verdict=verdict, message=message)
    score = replace(
        WRONG, verdict=verdict, message=message, hint="Only cell 1 sets it.", cases=(case,), cell=2
    )
    made = at_named_place(score, NAMES)
    assert (made.message, made.cases[0].message, made.hint) == (named, named, "Only In [5] sets it.")
    assert made.where == "In [6]"


def test_equal_scores_at_one_place_stay_one_object() -> None:
    scores = [at_place(WRONG, 2, 3, 2, 1) for _ in range(2)]
    one, other = (at_named_place(score, NAMES) for score in scores)
    assert one is other
    assert (one.where, one.anywhere) == ("In [6]", WRONG)


def test_a_grading_says_what_it_is_of_and_what_comes_first(small_course: Callable[..., Course]) -> None:
    solution = (
        "# # A *first* step\nimport numpy as np\n\n"
        "# GRADED FUNCTION: quadruple\ndef quadruple(x):\n    return double(double(x))\n\n"
        "# GRADED FUNCTION: double\ndef double(x):\n    return 2 * x\n"
    )
    testcases = (
        "import numpy as np\nfrom grader.testcase import exercise\n\n"
        "@exercise(points=1)\ndef quadruple(rng):\n    yield {'x': rng.normal(size=3)}\n\n"
        "double = exercise(points=1)(quadruple.generator)\n"
    )
    course = small_course(solution, testcases)
    with Grader(Order(course.root, "small", "s", isolation="weak", course_title="Steps")) as grader:
        header = grader.header
    assert (header.title, header.name, header.course) == ("A *first* step", "A *first* step", "Steps")
    assert header.order == ("double", "quadruple")
    assert replace(header, title="").name == "small"
    assert load(course, "small").title == "A *first* step"


def test_the_input_of_a_public_case_that_failed_is_told_and_of_no_hidden_one(
    graded: Callable[..., Report],
) -> None:
    wrong = "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"
    report = graded("import numpy as np", wrong)
    cases = next(score.cases for score in report.exercises if score.name == "linear_forward")
    failed = [case for case in cases if case.verdict is not Verdict.PASSED]
    assert {case.public for case in failed} == {True, False}
    assert all(case.inputs.startswith("A = np.array([[") is case.public for case in failed)
    assert not any(case.inputs for case in cases if case.verdict is Verdict.PASSED or not case.public)
