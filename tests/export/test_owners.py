"""An export has one mark for a person, and no mark of somebody for another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from marked import FULL, GRADED, HEADER

from grader.cli import export
from grader.errors import UsageError
from grader.export.registry import EACH, SHEETS
from grader.models.submission import Student
from grader.results.codec import pack
from grader.results.database import Record, Row
from grader.submissions import Handed

ROSTER = (
    "Student,ID,SIS Login ID,Section,two_functions\n    Points Possible,,,,17.5\n"
    "Amy,1,amy,A,\nMallory,2,mallory,A,\n"
)
TWICE = [replace(GRADED, id="ada"), replace(GRADED, id="ada-extra")]


def run(*arguments: object):
    ended = CliRunner().invoke(export.command, [str(argument) for argument in arguments])
    if isinstance(ended.exception, UsageError):
        raise ended.exception
    return ended


@pytest.mark.parametrize("name", [*SHEETS, "nbgrader", *EACH])
def test_two_submissions_of_one_person_are_refused_by_their_names(name, results, tmp_path):
    with pytest.raises(UsageError, match="The submissions ada and ada-extra are both of ada\n  Grade again"):
        run(results(TWICE), "--to", name, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["csv", "junit"])
def test_a_list_of_submissions_has_both(name, results):
    assert run(results(TWICE), "--to", name).exit_code == 0


def test_two_people_of_one_name_are_not_one_person(results):
    two = [
        replace(GRADED, id=f"doe-{number}", student=Student("doe", keys={"canvas": number}))
        for number in ("1", "2")
    ]
    assert run(results(two), "--to", "canvas").stdout.count("doe") == 4


@pytest.mark.parametrize(
    ("sender", "has_marks"),
    [
        pytest.param(("mallory",), ["mallory"], id="in a folder of mallory's"),
        pytest.param(("A", "mallory"), ["mallory"], id="in a section"),
        pytest.param((), ["amy"], id="loose"),
        pytest.param(("late",), ["amy"], id="in a folder of nobody's"),
    ],
)
def test_a_file_that_is_called_as_another_student_is_gives_nobody_elses_mark(
    tmp_path: Path, sender: tuple[str, ...], has_marks: list[str]
) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    report = replace(FULL, id="amy", student=None)
    with Record(tmp_path, create=True) as record:
        record.begin(HEADER, b"")
        record.add([Row("amy", 0, Handed("amy", "amy.ipynb", sender=sender), "", "", pack(report))])
        record.finish()
    ended = run(tmp_path, "--to", "canvas", "--roster", tmp_path / "roster.csv")
    assert [
        line.split(",")[2] for line in ended.stdout.splitlines()[2:] if line.endswith("17.5")
    ] == has_marks
