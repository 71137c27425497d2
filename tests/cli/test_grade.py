"""`grader grade` gives everything that is handed in a mark or a reason, and ends as documented."""

from __future__ import annotations

import csv
import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.cli.progress import watched
from grader.execution.jobs import Graded
from grader.models.report import Standing
from grader.notebooks.solution import sample
from grader.results.codec import Packed

Cli = Callable[..., Any]
NAME = "dnn_step_by_step"
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
WEAK = ("--isolation", "weak", "--timeout", "1")


def old_notebook() -> bytes:
    """A notebook of nbformat 3, in which a cell has `input`, and cells stand in worksheets."""
    cell = {
        "cell_type": "code", "collapsed": False, "input": RIGHT, "language": "python",
        "metadata": {}, "outputs": [],
    }  # fmt: skip
    worksheets = [{"cells": [cell], "metadata": {}}]
    return json.dumps(
        {"metadata": {"name": "old"}, "nbformat": 3, "nbformat_minor": 0, "worksheets": worksheets}
    ).encode()


MESSY = {
    "binary": (b"\x00\xff\xfe", "it is not text in UTF-8 (byte 1)."),
    "prose": (b"Dear professor,", "it is not a notebook: it is not JSON"),
    "page": (b"<!DOCTYPE html><html></html>", "it is a web page, not a notebook"),
    "empty": (b"", "it is empty."),
    "list": (b"[1, 2]", "it is JSON, but not a notebook"),
    "object": (b"{}", "it is JSON, but not a notebook"),
    "deep": (b"[" * 100_000, "nested too deeply"),
    "textonly": (nbformat.writes(nbformat.v4.new_notebook()).encode(), "it has no code cells."),
    "pipe": (None, "it is not an ordinary file."),
    "link": (None, "it is a link."),
    "socket": (None, "it cannot be read: No such device or address."),
    "giant": (None, "it is larger than 20 MB (300 MB)."),
    "other": (None, "it has none of the 10 graded functions of dnn_step_by_step."),
}


@pytest.fixture
def messy(tmp_path: Path, notebook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three good notebooks and everything that people upload instead of one."""
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.chdir(folder)  # the name of a socket has to be short
    for name, (data, _) in MESSY.items():
        if data is not None:
            Path(f"{name}.ipynb").write_bytes(data)
    os.mkfifo("pipe.ipynb")
    Path("link.ipynb").symlink_to("/etc/passwd")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.ipynb")
    Path("giant.ipynb").touch()
    os.truncate("giant.ipynb", 300 << 20)
    Path("other.ipynb").write_bytes(notebook("def softmax(z):\n    return z"))
    Path("good.ipynb").write_bytes(notebook(RIGHT))
    Path("old.ipynb").write_bytes(old_notebook())
    Path("zebra.ipynb").write_bytes(notebook(RIGHT.replace("+", "-")))
    Path("folder.ipynb").mkdir()
    return folder


def test_everything_gets_a_mark_or_a_reason(
    messy: Path, cli: Cli, tmp_path: Path, timeless: Callable[[bytes], object]
) -> None:
    ended = cli("grade", NAME, messy, "--out", "one", *WEAK)
    assert ended.status == 1
    results = json.loads((tmp_path / "one" / "results.json").read_text())
    submissions = {entry["id"]: entry for entry in results["submissions"]}
    assert list(submissions) == sorted([*MESSY, "good", "old", "zebra"])
    for name, (_, reason) in MESSY.items():
        assert (submissions[name]["status"], submissions[name]["points"]) == ("unreadable", None)
        assert submissions[name]["notes"][0].startswith(f"{name}.ipynb: ")
        assert reason in submissions[name]["notes"][0]
    marks = {name: submissions[name]["points"] for name in ("good", "old", "zebra")}
    assert marks == {"good": 10, "old": 10, "zebra": 0}

    rows = list(csv.DictReader((tmp_path / "one" / "grades.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in rows] == list(submissions)
    assert {row["id"]: row["points"] for row in rows if row["points"]} == {
        "good": "10",
        "old": "10",
        "zebra": "0",
    }
    pages = {path.stem for path in (tmp_path / "one" / "feedback").iterdir()}
    assert pages == set(submissions)

    cli("grade", NAME, messy, "--out", "two", "--jobs", "1", *WEAK)
    one, two = ((tmp_path / out / "results.json").read_bytes() for out in ("one", "two"))
    assert timeless(one) == timeless(two)


@pytest.fixture
def good(tmp_path: Path, notebook: Callable[..., bytes]) -> Path:
    path = tmp_path / "good.ipynb"
    path.write_bytes(notebook(RIGHT))
    return path


def test_a_whole_class_that_is_graded_ends_with_0_whatever_it_scored(cli: Cli, good: Path) -> None:
    ended = cli("grade", NAME, good, *WEAK)
    assert ended.status == 0
    assert "10/100" in ended.out
    assert "Results: results/" in ended.out
    assert ended.err == "", "no progress where there is no terminal"


def test_the_printed_json_is_the_written_one(cli: Cli, good: Path, tmp_path: Path) -> None:
    ended = cli("grade", NAME, good, "--json", *WEAK)
    assert ended.status == 0
    assert json.loads(ended.out) == json.loads((tmp_path / "results" / "results.json").read_text())


@pytest.fixture
def class_of_three(tmp_path: Path, notebook: Callable[..., bytes]) -> Path:
    """A download from Canvas in which one student sent two attempts, and one of three students nothing."""
    folder = tmp_path / "canvas"
    folder.mkdir()
    for name, source in {
        "lovelaceada_12345_500_hw.ipynb": RIGHT.replace("+", "-"),
        "lovelaceada_LATE_12345_600_hw-1.ipynb": RIGHT,
        "noetheremmy_222_501_hw.ipynb": RIGHT,
    }.items():
        (folder / name).write_bytes(notebook(source))
    (tmp_path / "roster.csv").write_text(
        "Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"
        '"Bell, Eric",999,eric,A\n"Lovelace, Ada",12345,ada,A\n"Noether, Emmy",222,emmy,A\n'
    )
    return folder


def test_a_roster_names_the_students_and_who_handed_in_nothing(
    cli: Cli, class_of_three: Path, tmp_path: Path
) -> None:
    assert cli("grade", NAME, class_of_three, *WEAK).status == 0
    ended = cli("grade", NAME, class_of_three, "--roster", "roster.csv", *WEAK)
    assert ended.status == 0, "nobody has to hand in"
    submissions = json.loads((tmp_path / "results" / "results.json").read_text())["submissions"]
    assert [
        (entry["id"], entry["student"]["name"], entry["status"], entry["points"], entry["late"])
        for entry in submissions
    ] == [
        ("ada", "Lovelace, Ada", "graded", 10, True),
        ("emmy", "Noether, Emmy", "graded", 10, False),
        ("eric", "Bell, Eric", "not_submitted", None, False),
    ]
    assert "1 earlier attempt was left out." in submissions[0]["notes"]
    assert not (tmp_path / "results" / "feedback" / "eric.html").exists()


def test_a_roster_counts_though_the_notebooks_were_graded_before(
    cli: Cli, good: Path, tmp_path: Path
) -> None:
    cli("grade", NAME, good, *WEAK)
    (tmp_path / "roster.csv").write_text("id,name\ngood,Good Student\n")
    cli("grade", NAME, good, "--roster", "roster.csv", *WEAK)
    (entry,) = json.loads((tmp_path / "results" / "results.json").read_text())["submissions"]
    assert entry["student"]["name"] == "Good Student"


def test_another_seed_is_another_digest(cli: Cli, good: Path) -> None:
    one, two = (
        json.loads(cli("grade", NAME, good, "--json", "--seed", seed, *WEAK).out)["seed_sha256"]
        for seed in "ab"
    )
    assert one != two


def test_a_missing_path_ends_with_2_and_grades_nothing(cli: Cli, good: Path, tmp_path: Path) -> None:
    ended = cli("grade", NAME, good, "none.ipynb", *WEAK)
    assert ended.status == 2
    assert "none.ipynb: No such file or directory" in ended.err
    assert not (tmp_path / "results").exists()


def test_a_folder_without_notebooks_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert cli("grade", NAME, "empty", *WEAK).status == 2


def test_an_unknown_assignment_ends_with_2_and_names_those_there_are(cli: Cli, good: Path) -> None:
    ended = cli("grade", "nothing", good, *WEAK)
    assert ended.status == 2
    assert NAME in ended.err


def test_a_folder_that_cannot_be_written_ends_with_2(cli: Cli, good: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "feedback").write_text("")
    ended = cli("grade", NAME, good, "--out", "taken", *WEAK)
    assert ended.status == 2
    assert "--out" in ended.err


def test_a_name_map_is_used_and_its_faults_end_with_2(
    cli: Cli, tmp_path: Path, notebook: Callable[..., bytes]
) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(RIGHT.replace("linear_forward", "forward")))
    (tmp_path / "names").write_text("forward = linear_forward\n")
    assert "10/100" in cli("grade", NAME, "a.ipynb", "--map", "names", *WEAK).out
    (tmp_path / "names").write_text("forward = backward\n")
    ended = cli("grade", NAME, "a.ipynb", "--map", "names", *WEAK)
    assert ended.status == 2
    assert "names, line 1: forward = backward" in ended.err
    (tmp_path / "names").write_text("# forward = linear_forward\n\n")
    ended = cli("grade", NAME, "a.ipynb", "--map", "names", *WEAK)
    assert (ended.status, ended.err) == (
        2, "names: it names nothing\n  Write a line `theirs = ours`, or leave --map out.\n",
    )  # fmt: skip
    assert cli("grade", NAME, "a.ipynb", "--map", "nowhere", *WEAK).status == 2


def test_a_zip_of_a_class_is_graded(cli: Cli, good: Path, tmp_path: Path, solution: Any) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.write(good, "ada/hw.ipynb")
        archive.writestr("bela/hw.ipynb", sample(solution))
    ended = cli("grade", NAME, "class.zip", "--json", *WEAK)
    marks = {entry["id"]: entry["points"] for entry in json.loads(ended.out)["submissions"]}
    assert marks == {"ada-hw": 10, "bela-hw": 100}


@pytest.fixture
def mixed(good: Path) -> Path:
    """A folder with a right notebook and what is none."""
    (good.parent / "page.ipynb").write_text("<html>")
    return good.parent


def test_the_last_line_says_how_many_and_how_long(cli: Cli, mixed: Path) -> None:
    last = cli("grade", NAME, mixed, *WEAK).out.splitlines()[-1]
    assert re.fullmatch(r"1 graded, 1 unreadable, in \d+\.\d s\. Results: results/", last)


def test_a_quiet_run_tells_problems_only(cli: Cli, mixed: Path, good: Path, tmp_path: Path) -> None:
    ended = cli("grade", NAME, mixed, "--quiet", *WEAK)
    assert (ended.status, ended.out) == (1, "")
    assert re.fullmatch(r"page\.ipynb: it is a web page, not a notebook.*\n", ended.err)
    assert (tmp_path / "results" / "results.json").exists()
    assert cli("grade", NAME, good, "--quiet", *WEAK) == type(ended)(0, "", "")
    assert json.loads(cli("grade", NAME, good, "--quiet", "--json", *WEAK).out)["schema"] == 2


def test_a_large_class_is_shown_in_numbers(cli: Cli, mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.grade_tables.SMALL", 1)
    out = cli("grade", NAME, mixed, *WEAK).out
    assert re.search(r"^linear_forward +1 +0 +0 +0 +10\.0/10$", out, re.MULTILINE)
    assert "page.ipynb: it is a web page" in out
    assert "10/100" not in out


def test_progress_on_a_terminal_counts_what_has_no_mark(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    standings: list[Standing] = ["graded", "unreadable", "graded", "failed"]
    work = [Graded(standing, "", Packed(b"", {}), b"") for standing in standings]
    assert [*watched([None, *work], 5)] == [None, *work]
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "5/5" in printed.err
    assert "2 without a mark" in printed.err


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        pytest.param(b"no database", "file is not a database\n  Move it away", id="not a database"),
        pytest.param(None, "unable to open database file\n  ", id="a folder"),
    ],
)
def test_a_record_that_is_none_ends_with_2(
    cli: Cli, good: Path, tmp_path: Path, record: bytes | None, problem: str
) -> None:
    place = tmp_path / "results" / "results.db"
    place.mkdir(parents=True)
    if record is not None:
        place.rmdir()
        place.write_bytes(record)
    ended = cli("grade", NAME, good, *WEAK)
    assert (ended.status, ended.out) == (2, "")
    assert f"results/results.db: {problem}" in ended.err


def test_a_folder_of_another_assignment_ends_with_2(
    cli: Cli, good: Path, small_course: Callable[..., Any]
) -> None:
    cli("grade", NAME, good, *WEAK)
    ended = cli("grade", "small", good, "--course", small_course().root, *WEAK)
    assert (ended.status, ended.err) == (
        2,
        f"results: it has the results of {NAME}, not of small\n  Choose another folder with --out.\n",
    )


@pytest.mark.parametrize("command", ["report", "feedback"])
def test_a_grading_that_was_stopped_is_not_taken_for_a_class(
    cli: Cli, good: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("grader.results.marking.write_gradebook", stopped)
        ended = cli("grade", NAME, good, *WEAK)
    assert ended.status == 130
    assert ended.err == "Stopped. What was graded is kept: to go on, run the same command again.\n"
    ended = cli(command, "results")
    assert (ended.status, ended.err) == (
        2,
        "results: the grading was not finished\n"
        "  Run the same `grader grade` again: it goes on from there.\n",
    )
    assert cli("grade", NAME, good, *WEAK).status == 0
    assert cli(command, "results").status == 0


def test_an_assignment_that_is_not_there_is_told_before_anything_of_the_files(
    cli: Cli, tmp_path: Path
) -> None:
    done = cli("grade", "dnn_step_by", tmp_path / "nowhere.ipynb")
    assert done.status == 2
    assert re.search(rf"there is no such file\n  Did you mean {NAME}\? Assignments in .*\b{NAME}\b", done.err)
    assert "nowhere" not in done.err
