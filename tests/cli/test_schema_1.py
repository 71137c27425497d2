"""A results folder that an earlier grader wrote, with results.json of schema 1, opens in every command."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import grader
from grader.assignments.course import Course
from grader.results.results_json import read_results

Cli = Callable[..., Any]
FOLDER = Path(__file__).parents[1] / "results" / "schema_1"
OPTIONS = ("--isolation", "weak", "--jobs", "1", "--seed", "x")


@pytest.fixture
def root(small_course: Callable[..., Course]) -> Path:
    """A course with the folder, as if it had been graded there."""
    root = small_course().root
    shutil.copytree(FOLDER / "in", root / "in")
    (root / "in/eve.txt").rename(root / "in/eve.ipynb")  # a page, which no linter takes for a notebook
    shutil.copytree(FOLDER, root / "results", ignore=lambda *_: ["in"])
    with sqlite3.connect(root / "results/results.db") as database:
        for name, handed in database.execute("select id, handed from submissions").fetchall():
            place = {**msgspec.msgpack.decode(handed), "path": f"{root}/in/{name}.ipynb"}
            changed = (msgspec.msgpack.encode(place), name)
            database.execute("update submissions set handed = ? where id = ?", changed)
    database.close()
    return root


def marks(root: Path) -> list[Any]:
    told = json.loads((root / "results/results.json").read_text())
    assert told["schema"] == 2
    return [(one["id"], one["points"], one["mark"]) for one in told["submissions"]]


COMPUTED = [("ann", 5, 5), ("bob", 0, 0), ("eve", None, None)]


def test_its_results_json_is_of_schema_1_and_read_as_what_counts() -> None:
    content = (FOLDER / "results.json").read_bytes()
    assert json.loads(content)["schema"] == 1
    reports = read_results(content).reports
    assert [(one.id, one.points, one.ruling) for one in reports] == [
        ("ann", 5, None), ("bob", 0, None), ("eve", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [("report", "results"), ("feedback", "results"), ("export", "results", "--to", "csv"),
     ("gradebook", "results"), ("export", "results", "--to", "canvas")],
    ids=" ".join,
)  # fmt: skip
def test_it_is_shown_and_exported(command: tuple[str, ...], cli: Cli, root: Path) -> None:
    ended = cli(*command, cwd=root)
    assert ended.status in ({1} if command[0] == "gradebook" else {0})  # of Eve nobody can tell a total
    assert "ann" in ended.out or (root / "results/report.html").exists() or command[0] == "feedback"


def test_it_opens_in_python(root: Path) -> None:
    assert [one.points for one in grader.open_results(root / "results")] == [5, 0, None]


def test_it_is_regraded_resumed_and_adjusted(cli: Cli, root: Path) -> None:
    ended = cli("grade", "small", "in", *OPTIONS, cwd=root)
    assert "graded again 3" in ended.out  # what defines test cases has another digest since
    assert marks(root) == COMPUTED
    assert cli("regrade", "results", "--yes", "--course", ".", cwd=root).status == 0
    assert marks(root) == COMPUTED
    assert cli("adjust", "results", "bob", "--points", "2", "--because", "x", cwd=root).status == 0
    assert marks(root) == [("ann", 5, 5), ("bob", 0, 2), ("eve", None, None)]


def test_it_is_adjusted_as_it_is(cli: Cli, root: Path) -> None:
    assert cli("adjust", "results", "bob", "double", "--points", "2", "--because", "x", cwd=root).status == 0
    assert marks(root) == [("ann", 5, 5), ("bob", 0, 2), ("eve", None, None)]
