"""What comes over passes `grader validate` as it is, once its files are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader_cells import code, graded, notebook, question, solution, text, written

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.validate import findings
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.importers.importing import Imported, imported
from grader.importers.readers import read
from grader.sandbox.fork_server import ForkServer

CURRENT = "The files for students are current."


def imported_of(folder: Path, cells: list[dict[str, Any]], sandbox: ForkServer) -> tuple[Imported, Course]:
    for name in ("solutions", "testcases"):
        (folder / "course" / name).mkdir(parents=True)
    course = Course(folder / "course")
    [source] = read(written(folder / "source" / "little.ipynb", cells))
    one = imported(source, course, sandbox)
    assert one.problem == ""
    return one, course


def faults_of(one: Imported, course: Course, sandbox: ForkServer) -> list[str]:
    """Return what `grader validate` says of what was imported, but for the files that are not written yet."""
    definition = load(course, one.name)
    found = findings(definition, prepare(definition, sandbox, "tests"), sandbox)
    return [fault for finding in found if finding.claim != CURRENT for fault in finding.faults]


def test_a_notebook_of_questions_alone_is_valid_and_can_be_graded(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [text("# Why"), question("Because.", "why", 2)]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert faults_of(one, course, sandbox) == []
    assignment = prepare(load(course, one.name), sandbox, "tests")
    report = grade(assignment, sandbox, notebook(cells), id="ada", file="little.ipynb")
    assert (report.status, report.max_points) == ("graded", 2)


def test_weak_tests_of_the_source_are_signed_off_and_its_markers_read_as_nbgrader_does(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [
        code("def least(x):\n    return x"),
        solution(
            "def least(x):\n    if x < 0:\n    ### BEGIN SOLUTIONS, please\n        return 0\n    else:\n"
            "        return x\n    ### END SOLUTIONS",
            "least",
        ),
        graded("assert least(-2) == 0\nassert least(0) == 0", "least-test"),
        solution("### BEGIN SOLUTION\nnames = ['ada', 'bob']\n### END SOLUTION", "names"),
        graded("assert len(names) == 2", "names-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.plan is not None
    assert {*one.plan.signed_off} == {"least", "names"}
    assert one.listed == ()
    mutants = [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault]
    assert mutants == []
