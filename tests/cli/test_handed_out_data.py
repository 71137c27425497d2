"""An exercise with data files is released, checked, graded on every level, and exported."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from data_course import RIGHT, data_course, files

from grader.assignments.course import Course

Cli = Callable[..., Any]


@pytest.fixture
def course(small_course: Callable[..., Course]) -> Course:
    return data_course(small_course)


@pytest.fixture
def students(course: Course, cli: Cli, tmp_path: Path) -> Path:
    """The folder of a student, who unpacked the zip and wrote a right script."""
    ended = cli("release", "small", "--course", course.root, "--zip", tmp_path / "small.zip")
    assert ended.status == 0, ended.err
    with zipfile.ZipFile(tmp_path / "small.zip") as archive:
        archive.extractall(tmp_path / "mine")
    (tmp_path / "mine" / "small" / "hw.py").write_text(RIGHT)
    return tmp_path / "mine" / "small"


def test_a_student_checks_a_script_beside_the_data(students: Path, course: Course, cli: Cli) -> None:
    shutil.rmtree(course.root)
    ended = cli("check", students / "hw.py")
    assert (ended.status, "5 of 5" in ended.out) == (0, True), ended.err
    (students / "datasets" / "train.h5").unlink()
    ended = cli("check", students / "hw.py")
    assert ended.status == 2
    assert "small/datasets/train.h5: it came with the assignment and is missing\n  Put it back" in ended.err


@pytest.mark.parametrize("level", ["full", "strong", "weak"])
def test_a_class_is_graded_on_the_data(level: str, course: Course, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.py").write_text(RIGHT)
    (tmp_path / "in" / "bob.py").write_text(RIGHT.replace("datasets/train.h5", "data/train.h5"))
    ended = cli(
        "grade",
        "small",
        tmp_path / "in",
        "--course",
        course.root,
        "--out",
        tmp_path / "out",
        "--isolation",
        level,
    )
    if "is needed" in ended.err:
        pytest.skip("this machine does not reach the level")
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert {one["id"]: one["points"] for one in results["submissions"]} == {"ann": 5, "bob": 0}


def test_an_autograder_has_the_data(course: Course, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "ann.py").write_text(RIGHT)
    where = ("--course", course.root)
    cli("grade", "small", tmp_path / "ann.py", *where, "--out", tmp_path / "out", "--seed", "s")
    made = tmp_path / "autograder.zip"
    ended = cli(
        "export", tmp_path / "out", "--to", "gradescope-autograder", *where, "--seed", "s", "--out", made
    )
    assert ended.status == 0, ended.err
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        for name, data in files().items():
            assert archive.read(f"course/solutions/small/{name}") == data


def test_a_large_release_is_warned_of(course: Course, cli: Cli) -> None:
    (course.root / "solutions" / "small" / "big.bin").write_bytes(bytes(21_000_000))
    ended = cli("release", "small", "--course", course.root)
    assert ended.status == 0
    assert "which many learning systems refuse: big.bin 21.0 MB" in ended.err
