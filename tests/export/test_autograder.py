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

from grader.assignment import Course, load
from grader.errors import AssignmentError, UsageError
from grader.export.autograder import make_autograder
from grader.export.wheel import make_wheel
from grader.report.results import Header

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
        command = root / "grader"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n')
        command.chmod(0o755)
        where = {"AUTOGRADER_ROOT": str(root), "GRADER": str(command), "GRADER_ISOLATION": "weak"}
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


@pytest.mark.parametrize("names", [[], ["a.ipynb", "b.ipynb"]], ids=["no notebook", "two notebooks"])
def test_it_takes_one_notebook(autograder, notebook, names):
    status, result = autograder({name: notebook(RIGHT) for name in names})
    assert status == 1
    assert list(result) == ["output"]
    assert "Hand in one notebook" in result["output"]


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
    assert {"grader/cli/export.py", "grader/report/templates/feedback.html"} <= files.keys()
    assert b"grader = grader.cli:main" in files[f"{info}/entry_points.txt"]
    assert not any("__pycache__" in member or member.startswith("grader/course/") for member in files)
