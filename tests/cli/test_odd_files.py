"""A file that is none, or has no end, ends a command with one line, and no command waits for it."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.cli.fault_boundary import in_words
from grader.files.ordinary_files import read_ordinary

Cli = Callable[..., Any]


def fifo(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # the whole path is too long for one


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)


ODD = pytest.mark.parametrize("odd", [fifo, endless, listening, Path.mkdir])
OPTIONS = {
    "the roster of a grading": ["grade", "dnn_step_by_step", "mine.ipynb", "--roster"],
    "the name map of a grading": ["grade", "dnn_step_by_step", "mine.ipynb", "--map"],
    "the course of a grading": ["grade", "dnn_step_by_step", "mine.ipynb", "--course"],
    "a notebook to check": ["check"],
    "the course of a check": ["check", "mine.ipynb", "--course"],
    "a folder to report on": ["report"],
    "a folder to export": ["export", "--to", "csv"],
    "the roster of an export": ["export", "results", "--to", "canvas", "--roster"],
    "a folder to grade again": ["regrade", "--yes"],
    "a folder of feedback": ["feedback"],
    "a folder to comment on": ["comment"],
    "a course to validate": ["validate", "--course"],
    "a course to release": ["release", "dnn_step_by_step", "--course"],
    "a course to reveal": ["reveal", "dnn_step_by_step", "--course"],
    "a course to add to": ["new", "more", "--course"],
}


@ODD
@pytest.mark.parametrize("arguments", OPTIONS.values(), ids=OPTIONS)
def test_an_odd_file_is_refused_wherever_a_path_is_typed(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    odd: Callable[[Path], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    odd(tmp_path / "odd")
    (tmp_path / "mine.ipynb").write_text("{}")
    more = ["group", "text"] if arguments[0] == "comment" else []
    ended = cli(*arguments, "odd", *more)
    assert ended.status in ({1, 2} if arguments == ["check"] else {2})
    assert "odd" in ended.err
    assert "Traceback" not in ended.err
    assert "fault of grader's own" not in ended.err


@ODD
@pytest.mark.parametrize("name", [".grader-secret", "assignments/small/hidden_seed.txt", ".gitignore"])
def test_an_odd_file_in_a_course_is_named(
    cli: Cli,
    small_course: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    odd: Callable[[Path], None],
) -> None:
    root = small_course().root
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(place.parent)
    odd(place)
    (root / ".git").mkdir()
    secret = [] if name.startswith("assignments") else ["--secret"]
    ended = cli("release", "small", "--isolation", "weak", *secret, cwd=root)
    assert ended.status == 2
    assert name in ended.err
    assert "fault of grader's own" not in ended.err


@pytest.mark.parametrize("odd", [fifo, endless, listening, Path.mkdir, sparse])
def test_only_a_file_with_an_end_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    odd(tmp_path / "odd")
    with pytest.raises(OSError, match="it is ") as caught:
        read_ordinary(tmp_path / "odd")
    assert in_words(caught.value).startswith(f"{tmp_path}/odd: ")
    assert "\n  " in in_words(caught.value)


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "-1", "0", "1e400", "1e-400", "x", ""])
def test_a_timeout_that_is_no_time_is_refused(cli: Cli, seconds: str) -> None:
    ended = cli("check", "x", "--timeout", seconds)
    assert (ended.status, "'--timeout'" in ended.err) == (2, True)


# ---------------------------------------------------------------- a record that is damaged

COMMANDS = {
    "report": ["report", "r"],
    "export": ["export", "r", "--to", "csv"],
    "feedback": ["feedback", "r"],
    "comment": ["comment", "r", "group", "text"],
    "regrade": ["regrade", "r", "--yes"],
    "grade": ["grade", "small", "late.ipynb", "--out", "r", "--isolation", "weak", "--seed", "x"],
}
DAMAGES = {
    "an outline cut off": "UPDATE submissions SET outline = substr(outline, 1, 9)",
    "an outline of nothing": "UPDATE submissions SET outline = x''",
    "an outline of text": "UPDATE submissions SET outline = 'text'",
    "an outline of a number": "UPDATE submissions SET outline = 5",
    "a score that is gone": "DELETE FROM scores",
    "a score cut off": "UPDATE scores SET score = substr(score, 1, 9)",
    "a header of nothing": "UPDATE grading SET header = x''",
    "a path of another type": "UPDATE submissions SET handed = x'05'",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the results of one submission are, to be copied."""
    return tmp_path_factory.mktemp("graded")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_row_is_said_and_what_to_do(
    cli: Cli,
    small_course: Callable[..., Any],
    notebook: Callable[..., bytes],
    graded: Path,
    command: str,
    damage: str,
) -> None:
    root = small_course().root
    (root / "late.ipynb").write_bytes(notebook("def double(x):\n    return 2 * x"))
    (root / "ann.ipynb").write_bytes(notebook("def double(x):\n    return 3 * x"))
    if not (graded / "r").exists():
        made = ["--out", "r", "--isolation", "weak", "--seed", "x", "--quiet"]
        assert cli("grade", "small", "ann.ipynb", *made, cwd=root).status == 0
        shutil.copytree(root / "r", graded / "r")
    else:
        shutil.copytree(graded / "r", root / "r")
    with sqlite3.connect(root / "r" / "results.db") as database:
        database.execute(damage)
    ended = cli(*COMMANDS[command], cwd=root)
    assert "fault of grader's own" not in ended.err
    assert "Traceback" not in ended.err
    if ended.status:
        assert ended.status == 2
        assert "\n  " in ended.err
