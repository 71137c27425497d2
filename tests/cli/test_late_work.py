"""Late work loses what course.toml says, visibly, and one table has several assignments with weights."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
RIGHT = "def double(x):\n    return 2 * x"
OPTIONS = ("--isolation", "weak", "--jobs", "1")
WHY = ("--because", "x", "--by", "ada")
POLICY = '[late]\nper_day = "10 %"\n\n[assignments.small]\ndue = 2026-11-29T12:00:00Z\nweight = 3\n'


@pytest.fixture
def root(cli: Cli, small_course: Callable[..., Course], notebook: Callable[..., bytes]) -> Path:
    """A course with a class that nbgrader collected: Ann in time, Bob two days late."""
    root = small_course(**{"course.toml": POLICY}).root
    for name, time in {"ann": "2026-11-29 11:00:00 UTC", "bob": "2026-12-01 11:00:00 UTC"}.items():
        folder = root / "in/submitted" / name / "small"
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_bytes(notebook(RIGHT))
        (folder / "timestamp.txt").write_text(time)
    assert cli("grade", "small", "in", *OPTIONS, cwd=root).status == 0
    return root


def marks(root: Path, results: str = "results") -> dict[str, Any]:
    told = json.loads((root / results / "results.json").read_text())
    return {one["id"]: (one["points"], one["mark"], one["late"]) for one in told["submissions"]}


LATE = {"ann": (5, 5, False), "bob": (5, 4, True)}


def test_late_work_shows_what_it_lost_and_what_it_earned(root: Path, cli: Cli) -> None:
    assert marks(root) == LATE
    with (root / "results/grades.csv").open() as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert [rows["bob"][key] for key in ("points", "computed_points", "late")] == ["4", "5", "late"]
    assert "2 days late: -20 % (-1 points)" in rows["bob"]["notes"]
    page = (root / "results/feedback/bob.html").read_text()
    assert "2 days late: -20 % (-1 points). It was due 2026-11-29T12:00:00+00:00." in page
    assert "The notebook itself: 5 of 5." in page
    told = cli("export", "results", "--to", "nbgrader", cwd=root).out
    assert "bob,,,,5,1,4,5" in told


@pytest.mark.parametrize(
    "again",
    [("grade", "small", "in", *OPTIONS), ("regrade", "results", "--yes")],
    ids=lambda command: command[0],
)
def test_another_policy_counts_when_the_class_is_graded_again(again: Any, root: Path, cli: Cli) -> None:
    (root / "course.toml").write_text(f"{POLICY}[assignments.small.extensions]\nbob = '1 day'\n")
    assert cli(*again, cwd=root).status == 0
    assert marks(root) == {**LATE, "bob": (5, 4.5, True)}
    assert "1 day late: -10 %" in (root / "results/feedback/bob.html").read_text()
    (root / "course.toml").unlink()
    assert cli(*again, cwd=root).status == 0
    assert marks(root) == {**LATE, "bob": (5, 5, False)}
    assert "days late" not in (root / "results/feedback/bob.html").read_text()


def test_the_policy_stays_with_the_results_wherever_they_are_shown(root: Path, cli: Cli) -> None:
    (root / "course.toml").write_text(POLICY.replace("10 %", "50 %"))
    assert "bob,,small.ipynb,graded,late,4,5,5" in cli("export", "results", "--to", "csv", cwd=root).out


def test_accepted_days_are_told_on_the_page(root: Path, cli: Cli) -> None:
    assert cli("adjust", "results", "bob", "--late-days", "2", *WHY, cwd=root).status == 0
    assert marks(root)["bob"] == (5, 5, True)
    assert "2 days late accepted by ada on 20" in (root / "results/feedback/bob.html").read_text()


def test_a_due_date_that_is_none_ends_a_grading_before_it_begins(root: Path, cli: Cli) -> None:
    (root / "course.toml").write_text("[assignments.small]\ndue = 2026-11-31T12:00:00Z\n")
    ended = cli("grade", "small", "in", *OPTIONS, cwd=root)
    assert ended.status == 2
    assert "course.toml, line 2: invalid date" in ended.err
    assert "Write a time with its zone" in ended.err
    assert marks(root) == LATE


# ---------------------------------------------------------------- several assignments


@pytest.fixture
def both(root: Path, cli: Cli, notebook: Callable[..., bytes]) -> Callable[..., Any]:
    """A function that makes the gradebook with a second assignment, in which Zoe replaces Bob."""
    for folder in ("solutions", "testcases"):
        (root / folder / "other.py").write_text((root / folder / "small.py").read_text())
    (root / "more").mkdir()
    (root / "more/ann.ipynb").write_bytes(notebook(RIGHT.replace("2", "3")))
    (root / "more/zoe.ipynb").write_bytes(notebook(RIGHT))
    cli("grade", "other", "more", *OPTIONS, "--out", "two", cwd=root)
    return lambda *arguments: cli("gradebook", "results", "two", *arguments, cwd=root)


def test_one_table_has_the_weighted_total_and_names_who_is_missing(both: Cli, root: Path) -> None:
    ended = both("--out", "book.csv")
    assert ended.status == 0
    assert "Missing from two, which counts as nothing handed in: bob." in ended.err
    assert "Missing from results, which counts as nothing handed in: zoe." in ended.err
    assert (root / "book.csv").read_text() == (
        "id,name,small (weight 3),other (weight 1),total\n"
        "ann,,100,0,75\n"
        "bob,,80,missing,60\n"
        "zoe,,missing,100,25\n"
    )


def test_what_is_excused_leaves_its_weight_out(both: Cli, root: Path, cli: Cli) -> None:
    cli("adjust", "two", "ann", "--excuse", *WHY, cwd=root)
    told = json.loads(both("--json").out)
    assert [one["weight"] for one in told["assignments"]] == [3, 1]
    ann = told["students"][0]
    assert (ann["total"], ann["marks"]["other"]["excused"]) == (1, True)


def test_work_without_a_mark_has_no_total_until_somebody_decides(both: Cli, root: Path, cli: Cli) -> None:
    (root / "more/ann.ipynb").write_text("<html>")
    cli("grade", "other", "more", *OPTIONS, "--out", "two", cwd=root)
    ended = both()
    assert ended.status == 1
    assert (
        "Without a mark in two, and so without a total: ann. Decide on it: grader adjust two ann" in ended.err
    )
    assert "ann\t100\tunreadable\t\n" in ended.out
    cli("adjust", "two", "ann", "--points", "4", *WHY, cwd=root)
    ended = both()
    assert ended.status == 0
    assert "ann\t100\t80\t95\n" in ended.out


def test_two_folders_of_one_assignment_are_refused(root: Path, cli: Cli) -> None:
    cli("grade", "small", "in", *OPTIONS, "--out", "again", cwd=root)
    ended = cli("gradebook", "results", "again", cwd=root)
    assert ended.status == 2
    assert "results and again are both of small\n  Name one" in ended.err


def test_an_extension_for_nobody_is_told_in_the_gradebook(root: Path, cli: Cli) -> None:
    (root / "course.toml").write_text(f"{POLICY}[assignments.small.extensions]\nbo = '1 day'\n")
    graded = cli("grade", "small", "in", *OPTIONS, cwd=root)
    told = cli("gradebook", "results", cwd=root).err
    assert graded.status == 0
    assert graded.err == told
    assert told.startswith("course.toml extends the due date for bo, of whom results knows nothing. Write")


def test_a_table_of_no_assignment_is_told_wherever_marks_are_made(root: Path, cli: Cli) -> None:
    (root / "course.toml").write_text(f"{POLICY}[assignments.smal]\nweight = 2\n")
    graded, shown = cli("grade", "small", "in", *OPTIONS, cwd=root), cli("gradebook", "results", cwd=root)
    line = f"{root}/course.toml, line 7: there is no assignment smal yet, so that table does nothing. "
    for ended in (graded, shown):
        assert (ended.status, ended.err) == (0, f"{line}Did you mean small? The course has: small.\n")


def test_a_due_date_is_said_to_do_nothing_where_no_submission_has_a_time(
    root: Path, cli: Cli, notebook: Callable[..., bytes]
) -> None:
    (root / "plain").mkdir()
    (root / "plain/zoe.ipynb").write_bytes(notebook(RIGHT))
    alone = cli("grade", "small", "plain", *OPTIONS, "--out", "new", cwd=root)
    assert alone.err.startswith("new/: no submission says when it was handed in, so none is late.")
    assert cli("grade", "small", "plain", *OPTIONS, cwd=root).err == ""  # others in the folder have a time
