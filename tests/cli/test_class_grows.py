"""`grader grade` into the folder of a class says what it did, and every command has the whole class then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
RIGHT = "def double(x):\n    return 2 * x"
OPTIONS = ("--isolation", "weak", "--jobs", "1")


@pytest.fixture
def grade(
    cli: Cli, small_course: Callable[..., Course], tmp_path: Path, notebook: Callable[..., bytes]
) -> Callable[..., Any]:
    """A function that grades in the folder of a course with a class; Ann and Bob are graded already."""
    root = small_course().root
    for path, source in {
        "in/ann.ipynb": RIGHT,
        "in/bob.ipynb": RIGHT.replace("2", "3"),
        "late/zoe.ipynb": RIGHT,
        "late/bob.ipynb": RIGHT,
        "assignments/small/small.ipynb": "def double(x):\n    return None",
    }.items():
        (root / path).parent.mkdir(exist_ok=True, parents=True)
        (root / path).write_bytes(notebook(source))
    (root / "class.csv").write_text("Student ID,Name\nann,Ann\nbob,Bob\nzoe,Zoe\nyve,Yve\n")

    def run(*arguments: str) -> Any:
        return cli("grade", "small", *arguments, *OPTIONS, cwd=root)

    assert run("in").status == 0
    return run


def points(root: Path) -> dict[str, Any]:
    told = json.loads((root / "results" / "results.json").read_text())
    return {one["id"]: one["points"] for one in told["submissions"]}


def test_a_late_notebook_is_added_and_the_whole_class_is_shown(
    cli: Cli, grade: Callable[..., Any], tmp_path: Path
) -> None:
    ended = grade("late/zoe.ipynb")
    assert ended.status == 0
    assert "results/: added 1, kept 2.\n3 graded, in" in ended.out
    for name in ("ann", "bob", "zoe"):
        assert name in ended.out
    root = tmp_path / "course"
    assert points(root) == {"ann": 5, "bob": 0, "zoe": 5}
    assert cli("report", "results", cwd=root).status == 0
    assert "3 graded" in " ".join((root / "results" / "report.html").read_text().split())
    rows = cli("export", "results", "--to", "csv", cwd=root).out.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", *points(root)]


def test_a_newer_notebook_says_what_it_is_in_place_of(grade: Callable[..., Any], tmp_path: Path) -> None:
    ended = grade("late/bob.ipynb")
    assert f"bob: late/bob.ipynb is in place of {tmp_path}/course/in/bob.ipynb\n" in ended.out
    assert "results/: replaced 1, kept 1.\n" in ended.out
    assert points(tmp_path / "course") == {"ann": 5, "bob": 5}


def test_only_what_is_named_stays_when_that_is_typed(grade: Callable[..., Any], tmp_path: Path) -> None:
    assert "results/: added 1, removed 2.\n1 graded" in grade("late/zoe.ipynb", "--only").out
    assert points(tmp_path / "course") == {"zoe": 5}


def test_a_first_grading_has_nothing_to_say_of_the_folder(grade: Callable[..., Any]) -> None:
    assert "added" not in grade("in", "--out", "other").out


def test_a_roster_lists_who_is_still_missing_and_drops_nobody(
    grade: Callable[..., Any], tmp_path: Path
) -> None:
    ended = grade("late/zoe.ipynb", "--roster", "class.csv")
    assert "results/: added 1, kept 2.\n3 graded, 1 not submitted" in ended.out
    assert points(tmp_path / "course") == {"ann": 5, "bob": 0, "zoe": 5, "yve": None}


def test_another_seed_is_refused_and_what_is_to_be_typed_helps(
    cli: Cli, grade: Callable[..., Any], tmp_path: Path
) -> None:
    late = ("late/zoe.ipynb", "--seed", "another")
    ended = grade(*late)
    assert (ended.status, ended.err) == (
        2,
        "results: it has 2 more submissions, graded with another seed\n"
        "  Name the seed of this folder, or grade them by another: grader regrade results --seed SEED\n",
    )
    root = tmp_path / "course"
    assert cli("regrade", "results", "--seed", "another", "--yes", cwd=root).status == 0
    assert grade(*late).status == 0
    assert points(root) == {"ann": 5, "bob": 0, "zoe": 5}


def test_a_folder_that_has_the_course_and_the_results_is_graded_without_both(
    cli: Cli, grade: Callable[..., Any], tmp_path: Path
) -> None:
    root = tmp_path / "course"
    (root / "late" / "bob.ipynb").unlink()
    assert cli("feedback", "results", "--notebook", cwd=root).status == 0
    assert (root / "results" / "feedback" / "ann.ipynb").exists()
    assert grade("late", "--out", "marks of today").status == 0
    for path in (".", str(root)):
        assert grade(path).status == 0
        assert points(root) == {"ann": 5, "bob": 0, "zoe": 5}


def test_what_is_named_itself_is_graded_wherever_it_is(grade: Callable[..., Any], tmp_path: Path) -> None:
    grade("assignments", "--only")
    assert points(tmp_path / "course") == {"small": 0}
