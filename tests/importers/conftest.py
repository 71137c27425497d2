"""One small course of another grader, imported once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from nbgrader_cells import code, graded, notebook, question, solution, text, written

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.importers.importing import Imported, imported
from grader.importers.readers import read
from grader.models.assignment import Assignment
from grader.sandbox.fork_server import ForkServer

SECRET = "SECRET_OF_THE_HIDDEN_TEST"

CELLS = [
    text("# A little of everything"),
    code("import numpy as np"),
    solution(
        "def total(x, weight=1):\n    ### BEGIN SOLUTION\n    return weight * sum(x)\n    ### END SOLUTION",
        "total",
    ),
    graded(
        "assert total([1, 2]) == 3\n### BEGIN HIDDEN TESTS\nassert total([4, 5], 2) == 18\n"
        "### END HIDDEN TESTS",
        "total-values",
        2,
    ),
    graded(
        "try:\n    total(None)\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError", "total-raises"
    ),
    solution(
        "class Stack:\n    ### BEGIN SOLUTION\n    def __init__(self):\n        self.items = []\n\n"
        "    def push(self, item):\n        self.items.append(item)\n\n"
        "    def pop(self):\n        return self.items.pop()\n    ### END SOLUTION",
        "stack",
    ),
    graded("s = Stack()\ns.push(4)\ns.push(7)\nassert s.pop() == 7\nassert s.items == [4]", "stack-test", 3),
    solution(
        "def centre(x):\n    ### BEGIN SOLUTION\n    x -= x.mean()\n    ### END SOLUTION",
        "centre",
    ),
    graded("a = np.array([1.0, 3.0])\ncentre(a)\nassert np.allclose(a, [-1, 1])", "centre-test"),
    solution("### BEGIN SOLUTION\nanswer = 6 * 7\n### END SOLUTION", "answer"),
    graded("assert answer == 42", "answer-test"),
    solution(
        "def draw(n):\n    ### BEGIN SOLUTION\n    return np.random.rand(n)\n    ### END SOLUTION",
        "draw",
    ),
    graded(
        f"{SECRET} = 5\n### BEGIN HIDDEN TESTS\nd = draw({SECRET})\n"
        "assert d.shape == (5,), 'Draw n numbers.'\n"
        "assert d.min() >= 0\nassert d.max() <= 1\n### END HIDDEN TESTS",
        "draw-test",
        2,
    ),
    question("Because.", "why", 2),
    solution("def plot():\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION", "plot"),
    graded("import inspect\nassert 'for' not in inspect.getsource(plot)", "plot-test"),
]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ForkServer]:
    with ForkServer(required="weak") as made:
        yield made


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("course")
    for folder in ("solutions", "testcases"):
        (root / folder).mkdir()
    return Course(root)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("nbgrader") / "source" / "ps1" / "little.ipynb", CELLS).parents[2]


@pytest.fixture(scope="session")
def little(source: Path, course: Course, sandbox: ForkServer) -> Imported:
    [one] = read(source)
    return imported(one, course, sandbox)


@pytest.fixture(scope="session")
def assignment(little: Imported, course: Course, sandbox: ForkServer) -> Assignment:
    return prepare(load(course, little.name), sandbox, "tests")


class Brought(NamedTuple):
    """What came over of a notebook, and what a student's notebook with other answers loses."""

    one: Imported
    course: Course
    cells: list[dict[str, Any]]
    sandbox: ForkServer

    @property
    def ways(self) -> dict[str, str]:
        assert self.one.plan is not None
        return {block.test.cell.title: block.way for item in self.one.plan.items for block in item.blocks}

    def lost(self, **answers: str) -> set[str]:
        assignment = prepare(load(self.course, self.one.name), self.sandbox, "tests")
        ids = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in self.cells]
        students = [
            {**cell, "source": answers.get(of, cell["source"])}
            for of, cell in zip(ids, self.cells, strict=True)
        ]
        report = grade(assignment, self.sandbox, notebook(students), id="ada", file="ada.ipynb")
        assert report.status == "graded", report.notes
        return {score.name for score in report.exercises if not score.is_full}


@pytest.fixture
def brought(tmp_path: Path, sandbox: ForkServer) -> Any:
    def of(*cells: dict[str, Any]) -> Brought:
        for name in ("solutions", "testcases"):
            (tmp_path / "course" / name).mkdir(parents=True)
        course = Course(tmp_path / "course")
        given = [code("import numpy as np"), *cells]
        path = written(tmp_path / "source" / "kinds.ipynb", given)
        [source] = read(path)
        one = imported(source, course, sandbox)
        assert one.problem == ""
        assert one.plan is not None
        assert one.listed == ()
        return Brought(one, course, given, sandbox)

    return of
