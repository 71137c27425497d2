"""`grader grade` and `check` take what students send, and say what they leave out and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
NAME = "dnn_step_by_step"
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
WEAK = ("--isolation", "weak", "--timeout", "1")


@pytest.fixture
def folder(tmp_path: Path, notebook: Callable[..., bytes]) -> Path:
    """A class of four, of whom two sent no notebook."""
    files = {
        "ada/hw.ipynb.txt": notebook(RIGHT), "ada/report.pdf": b"", "bo/hw.py": RIGHT.encode(),
        "cy/hw.pdf": b"", "王小明/hw.rar": b"", "train.csv": b"", "test.csv": b"",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path / "in"


def submissions(tmp_path: Path) -> dict[str, dict[str, Any]]:
    return {
        one["id"]: one
        for one in json.loads((tmp_path / "results" / "results.json").read_text())["submissions"]
    }


def test_everybody_has_a_mark_or_a_reason_and_the_rest_is_counted(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    ended = cli("grade", NAME, folder, *WEAK)
    assert ended.status == 1
    found = submissions(tmp_path)
    assert {one: entry["status"] for one, entry in found.items()} == {
        "ada-hw": "graded", "bo-hw": "graded", "cy": "unreadable", "王小明": "unreadable",
    }  # fmt: skip
    assert [found[one]["points"] for one in ("ada-hw", "bo-hw")] == [10, 10]
    assert "cy: hw.pdf: not a notebook. Send the .ipynb" in ended.out
    assert "Not graded: 3 other files: 2 .csv, 1 .pdf." in ended.err
    assert (tmp_path / "results" / "feedback" / "王小明.html").exists()


def test_what_is_left_out_is_said_beside_json_too_but_not_when_only_problems_are(
    cli: Cli, folder: Path
) -> None:
    assert "3 other files" in cli("grade", NAME, folder, "--json", *WEAK).err
    assert "other files" not in cli("grade", NAME, folder, "--quiet", *WEAK).err


def test_a_roster_that_names_nobody_says_what_was_compared_and_costs_no_mark(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("SID,Name\n7,Zoë\n8,Yan\n", "utf-8")
    ended = cli("grade", NAME, folder, "--roster", "roster.csv", *WEAK)
    assert ended.status == 1
    assert (
        "roster.csv: it names nobody who handed in. Compared were its columns SID (7), Name (Zoë)"
        in ended.err
    )
    assert "as ada-hw (hw.ipynb.txt)" in ended.err
    assert submissions(tmp_path)["ada-hw"]["points"] == 10


def test_a_pattern_names_the_students(cli: Cli, tmp_path: Path, notebook: Callable[..., bytes]) -> None:
    for name in ("7-Ada-hw1", "8-Bo-hw1"):
        (tmp_path / f"{name}.ipynb").write_bytes(notebook(RIGHT))
    assert cli("grade", NAME, tmp_path, "--names", "{id}-{name}-{rest}", *WEAK).status == 0
    assert {one: entry["student"]["name"] for one, entry in submissions(tmp_path).items()} == {
        "7": "Ada",
        "8": "Bo",
    }


def test_a_pattern_that_cannot_be_meant_is_the_callers_fault(cli: Cli, folder: Path) -> None:
    ended = cli("grade", NAME, folder, "--names", "{ada}", *WEAK)
    assert ended.status == 2
    assert "--names {ada}: {ada} is no field" in ended.err


def test_check_takes_a_script_and_a_folder_with_more_than_the_notebook(cli: Cli, folder: Path) -> None:
    for path in (folder / "bo" / "hw.py", folder / "ada"):
        assert "linear_forward" in cli("check", path, *WEAK).out


def test_a_notebook_with_remarks_is_made_of_a_script(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("grade", NAME, folder / "bo", *WEAK)
    assert cli("feedback", "results", "--notebook").status == 0
    assert b"linear_forward" in (tmp_path / "results" / "feedback" / "hw.ipynb").read_bytes()
