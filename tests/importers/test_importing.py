"""A source notebook becomes an assignment that is proven, and that grades students' notebooks as they are."""

from __future__ import annotations

from typing import Any

import pytest
from nbgrader_cells import notebook

from grader.assignments.course import Course
from grader.grading.pipeline import grade
from grader.importers.importing import Imported, imported
from grader.importers.readers import read
from grader.models.assignment import Assignment
from grader.models.report import Report
from grader.sandbox.fork_server import ForkServer

from .conftest import CELLS, SECRET

RIGHT = {
    "total": "def total(x, weight=1):\n    return weight * sum(x)",
    "stack": "class Stack:\n    def __init__(self):\n        self.items = []\n    def push(self, item):\n"
    "        self.items += [item]\n    def pop(self):\n        return self.items.pop(-1)",
    "centre": "def centre(x):\n    x[:] = x - np.mean(x)",
    "answer": "answer = 42",
    "draw": "def draw(n):\n    return np.random.default_rng(3).random(n)",
}


def students(**answers: str) -> bytes:
    """A student's notebook, with nbgrader's cells as they were handed out."""
    cells: list[dict[str, Any]] = []
    for cell in CELLS:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cells.append({**cell, "source": {**RIGHT, **answers}.get(grade_id, cell["source"])})
    return notebook(cells)


@pytest.fixture
def marks(assignment: Assignment, sandbox: ForkServer) -> Any:
    def graded_of(data: bytes) -> Report:
        return grade(assignment, sandbox, data, id="ada", file="little.ipynb")

    return graded_of


def points(report: Report) -> dict[str, float]:
    assert report.status == "graded", report.notes
    return {score.name: score.points for score in report.exercises}


FULL = {"total": 3, "Stack": 3, "centre": 1, "answer": 1, "draw": 2, "why": 0}


def test_each_test_comes_over_or_is_listed_with_its_text(little: Imported) -> None:
    assert little.problem == ""
    assert little.plan is not None
    assert (little.plan.tests, little.plan.came_over(), little.plan.came_over("assertion")) == (7, 6, 1)
    assert [(one.title, one.cell) for one in little.listed] == [("plot-test", 16)]
    text = next(path for path in little.files if path.parent.name == "testcases").read_text()
    assert "# NOT BROUGHT OVER: plot-test" in text
    assert "#     assert 'for' not in inspect.getsource(plot)" in text


def test_right_work_that_is_written_otherwise_earns_all(marks: Any) -> None:
    assert points(marks(students())) == FULL


@pytest.mark.parametrize(
    ("grade_id", "written_so", "lost"),
    [
        pytest.param("total", "def total(x, weight=1):\n    return sum(x)", {"total": 1}, id="a hidden call"),
        pytest.param(
            "total",
            "def total(x, weight=1):\n    return weight * sum(x or [])",
            {"total": 2},
            id="an exception has to be raised",
        ),
        pytest.param(
            "stack", RIGHT["stack"].replace("pop(-1)", "pop(0)"), {"Stack": 0}, id="a method of an object"
        ),
        pytest.param("centre", "def centre(x):\n    x = x - x.mean()", {"centre": 0}, id="a change in place"),
        pytest.param("answer", "answer = 41", {"answer": 0}, id="a variable"),
        pytest.param("draw", "def draw(n):\n    return np.random.randn(n) + 5", {"draw": 0}, id="a property"),
        pytest.param("draw", "def draw(n):\n    return np.random.rand(4)", {"draw": 0}, id="a shape"),
    ],
)
def test_wrong_work_loses_the_points_of_its_tests(
    marks: Any, grade_id: str, written_so: str, lost: dict[str, float]
) -> None:
    assert points(marks(students(**{grade_id: written_so}))) == {**FULL, **lost}


def test_what_an_assertion_says_is_told(marks: Any) -> None:
    report = marks(students(draw="def draw(n):\n    return np.random.rand(4)"))
    [score] = [score for score in report.exercises if score.name == "draw"]
    assert "Draw n numbers." in str(score)


def test_hidden_tests_are_not_in_what_students_receive(assignment: Assignment) -> None:
    drawn = next(exercise for exercise in assignment.exercises if exercise.name == "draw")
    assert drawn.judge is not None
    assert SECRET not in drawn.judge.source
    assert SECRET not in drawn.driver


def test_an_assignment_of_that_name_is_left_alone(
    little: Imported, source: Any, course: Course, sandbox: ForkServer
) -> None:
    before = {path: path.read_bytes() for path in little.files}
    [one] = read(source)
    again = imported(one, course, sandbox)
    assert "has an assignment of that name" in again.problem
    assert {path: path.read_bytes() for path in little.files} == before
