"""Each function is remarked on behind its cell, and no text of a student's is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from samples import GRADED, HOSTILE, RIGHT, WRONG

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.reports.notebook_remarks import opening, remarks
from grader.reports.sanitize import harmless


def test_each_function_is_told_behind_its_cell_with_all_its_page_says():
    score = replace(WRONG, comments=("See me.",), status=Status.RAISED)
    [said] = remarks(replace(GRADED, exercises=(score,))).values()
    for part in (
        "**✗ `backward`: wrong value**, 0 of 10 points",
        "dW is wrong in 1 of 4 elements.",
        "It fails in line 19 of this cell.",
        "Hint: Is the 1/m missing?",
        f"Smallest example: {WRONG.example}",
        "From your instructor: See me.",
    ):
        assert part in said


def test_functions_of_one_cell_are_told_together_and_those_of_none_above():
    right = replace(RIGHT, source_cell=12)
    absent = replace(WRONG, name="absent", verdict=Verdict.NOT_ATTEMPTED, source_cell=None)
    report = replace(GRADED, exercises=(WRONG, right, absent))
    assert list(remarks(report)) == [12]
    assert remarks(report)[12].count("**") == 4
    assert "`absent`: not written yet" in opening(report)
    assert "7.5 of 17.5 points" in opening(report)
    assert "Cell 3 was left out" in opening(report)


def test_a_passed_function_is_told_in_one_line():
    report = replace(GRADED, exercises=(replace(RIGHT, source_cell=5, cause=None),))
    assert remarks(report)[5] == "**✓ `model`: passed**, 7.5 of 7.5 points"


@pytest.mark.parametrize(
    "text",
    [*HOSTILE.values(), "```", "````\n```text\n<b>", "~~~", "$x$ [a](b)"],
    ids=lambda text: repr(text[:12]),
)
def test_a_text_of_a_students_never_leaves_its_block(text):
    said = remarks(replace(GRADED, exercises=(replace(WRONG, message=text, hint=text),)))[12]
    title, fence, block, end = re.fullmatch(r"(.*?)\n\n(`{3,})text\n(.*)\n(`{3,})", said, re.DOTALL).groups()
    assert fence == end
    assert fence not in block
    assert block.startswith(harmless(text)[:100])
    assert "\n" not in title
