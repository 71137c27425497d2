"""A solution that has code for a variable and sets another name is not told to be blank."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError

NewCourse = Callable[..., Course]

TESTCASES = "from grader.testcase import variable\n\n@variable()\ndef mean(): ...\n"


def solution(code: str) -> str:
    return (
        "# %%\nother = 1\n\n# %%\n# GRADED VARIABLE: mean\n# YOUR CODE STARTS HERE\n"
        f"{code}\n# YOUR CODE ENDS HERE\n\n# %%\nlater = 3\n"
    )


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("maen = 3", "line 5: no cell sets mean\n  Did you mean maen? Let the code below its marker set it:"),
        (
            "x = 3\nb = x",
            "line 5: no cell sets mean\n  Did you mean b? Let the code below its marker set it:",
        ),
        ("print(3)", "line 5: no cell sets mean\n  Let the code below its marker set it: mean = ..."),
        ("...", "mean is blank"),
        ("# mean = ?", "mean is blank"),
    ],
)
def test_what_is_set_in_its_place_is_told(small_course: NewCourse, code: str, says: str) -> None:
    course = small_course(solution(code), TESTCASES)
    with pytest.raises(AssignmentError) as error:
        load(course, "small")
    assert says in str(error.value)


def test_in_a_notebook_it_is_the_line_of_the_cell(small_course: NewCourse) -> None:
    course = small_course("", TESTCASES)
    course.solution("small").unlink()
    cell = "# GRADED VARIABLE: mean\n# YOUR CODE STARTS HERE\nmaen = 3\n# YOUR CODE ENDS HERE\n"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in ("x = 1", cell)])
    nbformat.write(book, course.root / "solutions" / "small.ipynb")
    with pytest.raises(AssignmentError, match=r"small.ipynb, cell 2, line 1: no cell sets mean"):
        load(course, "small")


def test_what_is_set_is_no_fault(small_course: NewCourse) -> None:
    assert load(small_course(solution("a = 3\nmean = a"), TESTCASES), "small").exercises
