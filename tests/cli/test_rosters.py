"""Nobody whom a roster does not know, or who is late, is lost among those who handed in nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
Grade = Callable[..., Any]
RIGHT = "def double(x):\n    return 2 * x"
OPTIONS = ("--isolation", "weak", "--jobs", "1")
NOT_LISTED = "The roster does not say whose it is."


@pytest.fixture
def root(small_course: Callable[..., Course], notebook: Callable[..., bytes]) -> Path:
    """A course with a roster, and what Ann and a guest handed in, and Bob later."""
    root = small_course().root
    for path in ("in/ann.ipynb", "in/guest.ipynb", "late/Bob Baker.ipynb"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(notebook(RIGHT))
    (root / "class.csv").write_text("Student ID,Name\n1,Zoe Zimmer\nann,Ann Archer\n2,Bob Baker\n")
    return root


@pytest.fixture
def grade(cli: Cli, root: Path) -> Grade:
    return lambda *arguments: cli("grade", "small", *arguments, *OPTIONS, cwd=root)


def submissions(root: Path) -> dict[str, Any]:
    told = json.loads((root / "results" / "results.json").read_text())
    return {one["id"]: one for one in told["submissions"]}


# ---------------------------------------------------------------- of nobody


def test_what_is_of_nobody_in_the_roster_is_told_with_what_to_do(grade: Grade) -> None:
    ended = grade("in", "--roster", "class.csv")
    assert ended.err == (
        "1 submission is of nobody in class.csv: guest. Add whom it lacks, or name files by its ids, "
        "and grade again with --roster class.csv.\n"
    )
    (row,) = [line for line in ended.out.splitlines() if line.startswith("guest")]
    assert row.endswith("graded, not in roster")


def test_of_many_the_first_five_are_named(grade: Grade, root: Path, notebook: Callable[..., bytes]) -> None:
    for i in range(6):
        (root / "in" / f"stranger{i}.ipynb").write_bytes(notebook(RIGHT))
    assert grade("in", "--roster", "class.csv", "--quiet").err.startswith(
        "7 submissions are of nobody in class.csv: guest, stranger0, stranger1, stranger2, stranger3 "
        "and 2 more. "
    )


def test_when_all_are_strangers_one_line_says_so(grade: Grade, root: Path) -> None:
    (root / "other.csv").write_text("id\nyve\n")
    told = grade("in", "--roster", "other.csv").err
    assert told.startswith("other.csv: it names nobody who handed in.")
    assert told.count("\n") == 1


def test_the_instructor_reads_of_a_stranger_and_the_student_does_not(
    cli: Cli, grade: Grade, root: Path
) -> None:
    grade("in", "--roster", "class.csv")
    assert cli("report", "results", cwd=root).status == 0
    assert cli("feedback", "results", "--notebook", cwd=root).status == 0
    results = root / "results"
    for file in ("results.json", "grades.csv"):
        assert (results / file).read_text().count(NOT_LISTED) == 1
    for file in ("index.html", "report.html"):
        assert "<strong>1</strong> of nobody in the roster" in (results / file).read_text()
    pages = [*(results / "feedback").iterdir()]
    assert len(pages) == 6, "of those who handed in nothing there is none"
    assert not [page for page in pages if "roster" in page.read_text()]
    for system in ("gradescope", "moodle"):
        assert "roster" not in cli("export", "results", "--to", system, "--out", "out", cwd=root).out
    assert not [file for file in (root / "out").iterdir() if "roster" in file.read_text()]


def test_a_class_without_a_roster_has_no_strangers(grade: Grade, root: Path) -> None:
    ended = grade("in")
    assert ended.err == ""
    assert "roster" not in ended.out + (root / "results" / "results.json").read_text()


def test_those_of_before_whom_a_later_roster_does_not_know_are_told(
    cli: Cli, grade: Grade, root: Path
) -> None:
    grade("in")
    assert "nobody in class.csv: guest." in grade("late", "--roster", "class.csv").err
    assert submissions(root)["guest"]["notes"] == [NOT_LISTED]
    told = cli("export", "results", "--to", "canvas", "--out", "canvas.csv", cwd=root).err
    assert told.startswith("1 submission is of nobody in the roster of results: guest. ")


# ---------------------------------------------------------------- counts


def test_who_handed_in_nothing_is_no_submission_whatever_counts(
    cli: Cli, grade: Grade, root: Path, notebook: Callable[..., bytes]
) -> None:
    grade("in", "--roster", "class.csv")
    (root / "in" / "yve.ipynb").write_bytes(notebook(RIGHT))
    ended = grade("in/yve.ipynb")
    assert "results/: added 1, kept 2.\n3 graded, 2 not submitted, in" in ended.out
    assert "results: it has 2 more submissions, graded with another seed\n" in (
        grade("in/yve.ipynb", "--seed", "another").err
    )
    assert cli("regrade", "results", "--diff", cwd=root).out == "0 of 3 marks change.\n"


# ---------------------------------------------------------------- late


@pytest.mark.parametrize("option", [("--roster", "class.csv"), ()], ids=["with the roster", "without it"])
def test_a_late_notebook_finds_its_student(grade: Grade, root: Path, option: tuple[str, ...]) -> None:
    grade("in", "--roster", "class.csv")
    assert submissions(root)["2"]["status"] == "not_submitted"
    assert "results/: added 1, kept 2.\n3 graded, 1 not submitted" in grade("late", *option).out
    assert {name: one["status"] for name, one in submissions(root).items()} == {
        "ann": "graded", "guest": "graded", "1": "not_submitted", "2": "graded",
    }  # fmt: skip


def test_the_roster_is_remembered_from_one_late_notebook_to_the_next(
    cli: Cli, grade: Grade, root: Path, notebook: Callable[..., bytes]
) -> None:
    grade("in", "--roster", "class.csv")
    grade("in/ann.ipynb")
    assert cli("regrade", "results", "--yes", cwd=root).status == 0
    (root / "late" / "who.ipynb").write_bytes(notebook(RIGHT))
    told = grade("late").err
    assert told == (
        "2 submissions are of nobody in the roster of results/: guest, who. "
        "Name a roster that has all with --roster, and grade again.\n"
    )
    assert [*submissions(root)] == ["ann", "guest", "1", "2", "who"]


def test_a_folder_that_is_begun_anew_has_forgotten_its_roster(grade: Grade, root: Path) -> None:
    grade("in", "--roster", "class.csv")
    grade("in/ann.ipynb", "--only")
    grade("late")
    assert [*submissions(root)] == ["ann", "Bob-Baker"]


def test_a_folder_of_an_earlier_version_says_that_the_roster_has_to_be_named(
    grade: Grade, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.execution.results_run.students_of", lambda _: ())
    grade("in", "--roster", "class.csv")
    assert grade("late").err == (
        "results/: it was graded with a roster that it does not remember. Name that with --roster and "
        "grade again, so that nobody is there twice: Bob-Baker.\n"
    )
