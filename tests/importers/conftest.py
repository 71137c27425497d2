"""One small course of another grader, imported once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader_cells import code, graded, question, solution, text, written

from grader.assignments.course import Course
from grader.assignments.loader import load
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
