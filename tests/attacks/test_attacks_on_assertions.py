"""No program earns the points of a test that judges by its own assertions without doing what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader_cells import code, graded, notebook, solution, written

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.importers.importing import imported
from grader.importers.readers import read
from grader.models.assignment import Assignment
from grader.sandbox.fork_server import ForkServer

PROGRAMS = sorted((Path(__file__).parent / "assertions").glob("*.py"))
PROMISE = re.compile(r'"""draw earns nothing \((\w+)\): .+\."""')

SOURCE = [
    code("import numpy as np"),
    solution(
        "### BEGIN SOLUTION\ndef draw(n):\n    return np.random.rand(n)\n### END SOLUTION",
        "draw",
    ),
    graded(
        "### BEGIN HIDDEN TESTS\nSECRET_OF_THE_HIDDEN_TEST = draw(5)\n"
        "assert SECRET_OF_THE_HIDDEN_TEST.shape == (5,)\nassert SECRET_OF_THE_HIDDEN_TEST.min() >= 0\n"
        "assert SECRET_OF_THE_HIDDEN_TEST.max() <= 1\n### END HIDDEN TESTS",
        "draw-test",
    ),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ForkServer]:
    with ForkServer(required="weak") as made:
        yield made


@pytest.fixture(scope="module")
def drawing(sandbox: ForkServer, tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    root = tmp_path_factory.mktemp("drawing")
    for folder in ("solutions", "testcases"):
        (root / folder).mkdir()
    [source] = read(written(root / "drawing.ipynb", SOURCE))
    made = imported(source, Course(root), sandbox)
    assert made.problem == ""
    assert "@draw.assertion('cell 3', hidden=True)" in made.files[1].read_text()
    return prepare(load(Course(root), made.name), sandbox, "attacks")


@pytest.mark.parametrize("program", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_a_program_does_what_its_first_line_says(
    program: Path, drawing: Assignment, sandbox: ForkServer
) -> None:
    text = program.read_text(encoding="utf-8")
    promise = PROMISE.match(text)
    assert promise is not None
    report = grade(drawing, sandbox, notebook([code(text)]), id="mallory", file="drawing.ipynb")
    [score] = report.exercises
    assert (score.points, score.verdict.value) == (0, promise[1]), score.message
    assert "SECRET" not in str(report)


def test_right_work_earns_the_points(drawing: Assignment, sandbox: ForkServer) -> None:
    right = "import numpy as np\ndef draw(n):\n    return np.random.default_rng(1).random(n)"
    report = grade(drawing, sandbox, notebook([code(right)]), id="ada", file="drawing.ipynb")
    assert [score.points for score in report.exercises] == [1]
