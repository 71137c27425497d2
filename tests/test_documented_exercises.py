"""The examples of the page on exercises are exercises: solutions earn all points, empty ones none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Report
from grader.notebooks.solution import read_solution, sample
from grader.notebooks.stub import stub_of
from grader.sandbox.fork_server import ForkServer
from grader.testcase import __all__ as declaring

PAGE = (Path(__file__).parents[1] / "docs" / "exercises.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
FIRST, SOLUTIONS = BLOCKS[0], [block for block in BLOCKS if "# GRADED " in block]
TESTCASES = [block for block in BLOCKS[1:] if block not in SOLUTIONS]


@pytest.fixture
def reports(small_course: Callable[..., Course], sandbox: ForkServer) -> dict[str, Report]:
    """The reports of the solution and of what is handed out."""
    cells = "\n".join(f"# %%\n{block}" for block in (FIRST, *SOLUTIONS))
    course = small_course(cells, "\n".join((FIRST, *TESTCASES)))
    assignment = prepare(load(course, "small"), sandbox, "s")
    notebook = read_solution(course.solution("small"))
    works = {"solution": sample(notebook), "stub": stub_of(notebook, {})}
    return {who: grade(assignment, sandbox, data, id=who, file=who) for who, data in works.items()}


def test_every_example_is_an_exercise(reports: dict[str, Report]) -> None:
    marked = {score.name: score for score in reports["solution"].exercises}
    assert len(marked) == len(SOLUTIONS) + 2, "the class has two methods, and there is a question"
    assert marked.pop("explain").points == 0
    assert {name: s.message for name, s in marked.items() if s.points < s.max_points} == {}
    assert reports["stub"].points == 0


@pytest.mark.parametrize("name", sorted({*declaring} - {"Edition", "check"}))
def test_the_page_names_all_that_declares(name: str) -> None:
    assert re.search(rf"\b{name}\(", PAGE)
