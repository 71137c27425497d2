"""Each folder in golden/ is a submission and what it has to earn, function by function."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jupytext
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.comparison.verdict import Verdict
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.execution import Status
from grader.models.report import Report
from grader.notebooks.solution import notebook_bytes
from grader.sandbox.fork_server import ForkServer

GOLDEN = Path(__file__).with_name("golden")
CASES = sorted(path.parent for path in GOLDEN.glob("*/expected.json"))


def expectation(case: Path) -> dict[str, Any]:
    """What a case has to earn."""
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return expected


@pytest.fixture(scope="session")
def assignments(assignment: Assignment, sandbox: ForkServer) -> dict[str, Assignment]:
    own = prepare(load(Course(GOLDEN / "course"), "lists"), sandbox, "tests")
    return {assignment.name: assignment, own.name: own}


@pytest.fixture
def report(assignments: dict[str, Assignment], sandbox: ForkServer) -> Callable[[Path], Report]:
    def of(case: Path) -> Report:
        asked = assignments[expectation(case)["assignment"]]
        return grade(asked, sandbox, submission(case), id=case.name, file=f"{case.name}.ipynb")

    return of


def submission(case: Path) -> bytes:
    """The notebook of a case, which may be written as a percent-format script."""
    script = case / "submission.py"
    if script.exists():
        return notebook_bytes(jupytext.reads(script.read_text(encoding="utf-8"), fmt="py:percent"))
    return (case / "submission.ipynb").read_bytes()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_submission_earns_what_its_folder_says(case: Path, report: Callable[[Path], Report]) -> None:
    expected = expectation(case)
    graded = report(case)
    of = {score.name: score for score in graded.exercises}
    found = {
        name: [of[name].points, of[name].verdict, of[name].status, of[name].credited, of[name].cause]
        for name in expected["functions"]
    }
    assert graded.status == expected["status"]
    assert graded.points == expected["points"]
    assert found == expected["functions"]


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "says" in expectation(case)],
    ids=lambda c: c.name,
)
def test_the_report_says_what_its_folder_says(case: Path, report: Callable[[Path], Report]) -> None:
    graded = report(case)
    told = "\n".join([*graded.notes, *(score.message for score in graded.exercises)])
    assert expectation(case)["says"] in told


def test_every_verdict_and_status_has_a_folder() -> None:
    functions = [function for case in CASES for function in expectation(case)["functions"].values()]
    never_given = {Verdict.NOT_DETERMINISTIC}  # no part of the grader says so yet
    assert {verdict for _, verdict, *_ in functions} == {verdict.value for verdict in Verdict} - {
        verdict.value for verdict in never_given
    }
    assert {status for _, _, status, *_ in functions} == {*map(str, Status)}
    assert {credited for *_, credited, _ in functions} == {"as_written", "isolated"}
