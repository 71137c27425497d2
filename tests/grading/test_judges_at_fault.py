"""A judge that raises or does not end costs nobody points, and its fault is told without hidden values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading import judge as judging
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = "def double(x):\n    return 2 * x\n"
TESTCASES = """from grader.testcase import exercise


@exercise(public=1)
def double(rng):
    yield {{"x": 1}}
    yield {{"x": 24680}}


@double.judge
def _(case, expected, answer):
    {body}
    return None if answer == expected else "No."
"""

Graded = Callable[[str, str], None]


@pytest.fixture
def graded(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Graded:
    """A function that grades a cell by a judge with this statement."""

    def of(body: str, cell: str) -> None:
        course = small_course(SOLUTION, TESTCASES.format(body=body))
        assignment = prepare(load(course, "small"), sandbox, "s")
        grade(assignment, sandbox, notebook(cell), id="a", file="a.ipynb")

    return of


def test_a_judge_that_does_not_end_is_interrupted(graded: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "JUDGING", 0.2)
    with pytest.raises(AssignmentError) as error:
        graded("while answer == -2: pass", "def double(x):\n    return -2 * x\n")
    assert "testcases/small.py, line 12: the judge of double has taken 0.2 s (test case" in str(error.value)


def test_what_a_judge_raises_is_told_of_a_public_case(graded: Graded) -> None:
    with pytest.raises(
        AssignmentError, match=r"line 12: the judge of double raised KeyError: 'y' \(test case p"
    ):
        graded("case['y']", SOLUTION)


def test_what_a_judge_raises_on_a_hidden_case_may_hold_its_values_and_is_not_told(graded: Graded) -> None:
    with pytest.raises(AssignmentError) as error:
        graded("{2: 0}[expected]", SOLUTION)
    assert "line 12: the judge of double raised KeyError (test case hidden-2)" in str(error.value)
    assert "49360" not in str(error.value)


@pytest.mark.parametrize("answer", ["'text'", "[x]", "{}", "float('nan')", "float('inf')", "object()"])
def test_a_judge_that_raises_on_what_is_no_answer_is_not_at_fault(graded: Graded, answer: str) -> None:
    graded("int(answer) + 1", f"def double(x):\n    return {answer}\n")


READY = """from grader.testcase import exercise, up_to_labels


@exercise(compare=up_to_labels(labels=7))
def double(rng):
    yield {"x": 1}
    yield {"x": 24680}
"""


def test_the_fault_of_a_ready_judge_is_told_with_the_line_that_asks_for_it(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    course = small_course("def double(x):\n    return [x, 2 * x]\n", READY)
    assignment = prepare(load(course, "small"), sandbox, "s")
    with pytest.raises(AssignmentError) as error:
        grade(assignment, sandbox, notebook("def double(x):\n    return [x, x]"), id="a", file="a.ipynb")
    said, advice = str(error.value).split("\n")
    assert said.startswith(f"{course.testcases('small')}, line 4: the judge of double raised IndexError")
    assert "Let compare=up_to_labels(...) fit what double returns." in advice
