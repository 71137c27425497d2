"""The zip for Gradescope is all that an autograder needs, and grades as the class was graded."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from marked import HEADER

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError, UsageError
from grader.export.autograder import make_autograder
from grader.export.wheel import make_wheel
from grader.models.report import Header

SEED = "a secret's $(touch owned)"
RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"


@pytest.fixture
def header(small_course: Callable[..., Course]) -> Header:
    """Of a grading of the small course with the seed."""
    return replace(
        HEADER,
        assignment="small",
        assignment_sha256=load(small_course(), "small").sha256,
        seed_sha256=hashlib.sha256(SEED.encode()).hexdigest(),
    )


@pytest.fixture
def autograder(header: Header, tmp_path: Path) -> Callable[..., tuple[int, dict]]:
    """A function from files that are handed in to the exit status and results.json of the autograder."""
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(make_autograder(header, Course(tmp_path / "course"), SEED))) as archive:
        archive.extractall(root / "source")

    def run(handed: Mapping[str, bytes]) -> tuple[int, dict]:
        for name, data in handed.items():
            (root / "submission" / name).write_bytes(data)
        for command, arguments in (("grader", "-m grader"), ("python", "")):
            (root / command).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
            (root / command).chmod(0o755)
        where = {"AUTOGRADER_ROOT": str(root), "GRADER": str(root / "grader"), "GRADER_ISOLATION": "weak"}
        ended = subprocess.run(
            ["bash", root / "source" / "run_autograder"],
            env={**os.environ, **where}, cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        return ended.returncode, json.loads((root / "results" / "results.json").read_bytes())

    return run


@pytest.mark.parametrize(("source", "score"), [(RIGHT, 5), (WRONG, 0)], ids=["right", "wrong"])
def test_the_autograder_grades_what_was_handed_in(autograder, notebook, tmp_path, source, score):
    status, result = autograder({"My work (1).ipynb": notebook(source), "readme.txt": b"Hello."})
    assert status == 0
    assert result["score"] == score
    assert [test["name"] for test in result["tests"]] == ["double"]
    assert not (tmp_path / "owned").exists()


def test_a_file_that_is_no_notebook_has_a_reason_and_no_score(autograder):
    status, result = autograder({"page.ipynb": b"<html></html>"})
    assert status == 0
    assert "it is a web page" in result["output"]
    assert "score" not in result


def packed(name: str, data: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        pytest.param("work.ipynb.txt", lambda data: data, id="the ending of a browser"),
        pytest.param("work.zip", lambda data: packed("mine/work.ipynb", data), id="a zip"),
        pytest.param("work.py", lambda _: RIGHT.encode(), id="a script"),
    ],
)
def test_it_takes_what_grade_takes(autograder, notebook, name, wrap):
    status, result = autograder({name: wrap(notebook(RIGHT))})
    assert (status, result["score"]) == (0, 5)


def test_files_beside_the_notebook_are_named_and_cost_nothing(autograder, notebook):
    status, result = autograder({"a.ipynb": notebook(RIGHT), "report.pdf": b"%PDF", "data.csv": b"1"})
    assert (status, result["score"]) == (0, 5)
    assert "Not graded: report.pdf: not a notebook." in result["output"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        pytest.param([], "which is empty. Hand in one notebook", id="nothing"),
        pytest.param(["data.csv"], "(data.csv). Hand in one notebook", id="data alone"),
        pytest.param(
            ["work.rar"], "work.rar: not a notebook, and .rar archives are not opened", id="an archive"
        ),
        pytest.param(["a.pdf", "b.pdf"], "a.pdf: not a notebook", id="two documents"),
        pytest.param(["a.ipynb", "b.ipynb"], "There are 2 notebooks", id="two notebooks"),
    ],
)
def test_what_cannot_be_graded_is_told_with_what_to_do_and_has_no_score(autograder, notebook, names, told):
    status, result = autograder({name: notebook(RIGHT) for name in names})
    assert status == 0
    assert told in result["output"]
    assert "score" not in result


def test_a_machine_that_cannot_grade_is_no_fault_of_the_student(autograder, notebook, monkeypatch, tmp_path):
    (tmp_path / "autograder" / "source" / "course" / "testcases" / "small.py").unlink()
    status, result = autograder({"a.ipynb": notebook(RIGHT)})
    assert status == 1
    assert result["output"] == "Nothing was graded, by no fault of yours. Tell your instructor."


def test_the_same_grading_gives_the_same_zip(header, tmp_path):
    course = Course(tmp_path / "course")
    assert make_autograder(header, course, SEED) == make_autograder(header, course, SEED)


def test_another_seed_is_refused(header, tmp_path):
    with pytest.raises(UsageError, match="--seed"):
        make_autograder(header, Course(tmp_path / "course"), "another")


def test_an_assignment_that_was_changed_since_is_refused(header, tmp_path):
    path = tmp_path / "course" / "testcases" / "small.py"
    path.write_text(path.read_text() + "\n")
    with pytest.raises(AssignmentError, match="was changed after the grading"):
        make_autograder(header, Course(tmp_path / "course"), SEED)


def test_what_gradescope_runs_can_be_run(header, tmp_path):
    with zipfile.ZipFile(io.BytesIO(make_autograder(header, Course(tmp_path / "course"), SEED))) as archive:
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}
    assert {name for name, mode in modes.items() if mode == 0o755} == {"setup.sh", "run_autograder"}
    assert {"course/solutions/small.py", "course/testcases/small.py"} <= modes.keys()


def test_the_wheel_is_the_package_with_a_true_record():
    name, data = make_wheel()
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        files = {member: wheel.read(member) for member in wheel.namelist()}
    info = f"{name.removesuffix('-py3-none-any.whl')}.dist-info"
    digests = {
        member: "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        for member, content in files.items()
    }
    recorded = dict(line.split(",")[:2] for line in files.pop(f"{info}/RECORD").decode().splitlines())
    assert recorded == {**digests, f"{info}/RECORD": ""}
    assert {"grader/cli/export.py", "grader/reports/templates/feedback.html"} <= files.keys()
    assert b"grader = grader.cli:main" in files[f"{info}/entry_points.txt"]
    assert not any("__pycache__" in member or member.startswith("grader/course/") for member in files)
