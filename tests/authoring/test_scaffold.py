"""A new assignment is ready as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import release
from grader.authoring.scaffold import KINDS, make_new
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_assignment_validates_as_it_stands(kind: str, tmp_path: Path, sandbox: ForkServer) -> None:
    course = Course(tmp_path)
    written = make_new(course, "statistics", kind)
    assert all(path.is_file() for path in written)
    definition = load(course, "statistics")
    assignment = prepare(definition, sandbox, "new")
    release(definition, assignment, sandbox)
    found = list(findings(definition, assignment, sandbox))
    assert len(found) >= 6
    assert [finding for finding in found if finding.faults] == []


@pytest.mark.parametrize("name", ["", "Upper", "1st", "a-b", "../up", "a b", "é", "x" * 61])
def test_a_name_that_is_no_module_name_does_not_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssignmentError, match="is no name for an assignment"):
        make_new(Course(tmp_path), name)
    assert not list(tmp_path.iterdir())


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "testcases" / "mine.py"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(AssignmentError, match="it is there already"):
        make_new(Course(tmp_path), "mine")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"
