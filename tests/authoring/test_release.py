"""What students receive works alone, has no answers in it, and is the same every time."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import nbformat
import numpy as np
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.authoring.release import Release, make_release
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.notebooks.solution import read_solution
from grader.public_tests.case_file import read_public
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]


@pytest.fixture(scope="module")
def release(definition: Definition, assignment: Assignment, sandbox: ForkServer) -> Release:
    return make_release(definition, assignment, sandbox)


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory, course: Course) -> Path:
    """A copy of the folder that students receive, away from everything else."""
    folder = tmp_path_factory.mktemp("student") / "dnn_step_by_step"
    return Path(shutil.copytree(course.root / "assignments" / "dnn_step_by_step", folder))


# ---------------------------------------------------------------- files


def test_what_is_committed_is_current(release: Release, course: Course) -> None:
    assert release.stale(course.root) == []


def test_a_release_has_the_stub_the_modules_and_the_public_tests(release: Release) -> None:
    folder = Path("assignments/dnn_step_by_step")
    assert {path.name for path in release.files if path.is_relative_to(folder)} == {
        "Building_your_Deep_Neural_Network_Step_by_Step.ipynb", "dnn_utils.py", "testCases.py",
        "public_tests.py", "public_cases.h5", "grader_check.bin",
    }  # fmt: skip
    assert Path("public_tests/dnn_step_by_step.py") in release.files


def test_only_public_cases_are_handed_out(release: Release, assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "cases.h5").write_bytes(release.files[Path("public_tests/dnn_step_by_step.h5")])
    handed = {(e.name, case.id) for e in read_public(tmp_path / "cases.h5") for case in e.cases}
    public = {(e.name, case.id) for e in assignment.exercises for case in e.cases if case.public}
    assert handed == public


def test_another_secret_seed_releases_the_same(
    release: Release, definition: Definition, sandbox: ForkServer, tmp_path: Path
) -> None:
    release.write(tmp_path)
    assert make_release(definition, prepare(definition, sandbox, "another"), sandbox).stale(tmp_path) == []


def test_what_is_missing_or_differs_is_stale(release: Release, tmp_path: Path) -> None:
    release.write(tmp_path)
    first, second, *_ = release.files
    (tmp_path / first).unlink()
    (tmp_path / second).write_bytes(b"edited")
    assert release.stale(tmp_path) == [f"{first}: is missing", f"{second}: is not current"]


@pytest.mark.parametrize(
    ("function", "place"),
    [
        pytest.param("compute_cost", "expected", id="an expected answer"),
        pytest.param("compute_cost", "args/0", id="an argument"),
    ],
)
def test_a_number_may_differ_in_its_last_bits_only(
    release: Release, tmp_path: Path, function: str, place: str
) -> None:
    release.write(tmp_path)
    path = tmp_path / "public_tests" / "dnn_step_by_step.h5"

    def shift(by: float) -> None:
        with h5py.File(path, "r+") as file:
            answer = file[function]["current-1"][place]
            answer[...] = np.asarray(answer) * (1 + by)

    shift(1e-13)
    assert release.stale(tmp_path) == []
    shift(1e-6)
    assert release.stale(tmp_path) == ["public_tests/dnn_step_by_step.h5: is not current"]


def test_a_zip_has_the_folder_and_is_the_same_every_time(release: Release) -> None:
    data = release.zipped("dnn_step_by_step")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == 6
    assert all(name.startswith("dnn_step_by_step/") for name in names)
    assert release.zipped("dnn_step_by_step") == data


def test_a_small_assignment_is_released_in_the_same_way(small_course: NewCourse, sandbox: ForkServer) -> None:
    definition = load(small_course(), "small")
    made = make_release(definition, prepare(definition, sandbox, "s"), sandbox)
    assert sorted(map(str, made.files)) == [
        "assignments/small/grader_check.bin", "assignments/small/public_cases.h5",
        "assignments/small/public_tests.py", "assignments/small/small.ipynb",
        "public_tests/small.h5", "public_tests/small.py",
    ]  # fmt: skip


# ---------------------------------------------------------------- a student's machine

ALONE = """
import sys
sys.modules["grader"] = None  # an import of it fails
sys.path.insert(0, sys.argv[1])
from public_tests import *
import numpy as np
"""


def at_a_students(folder: Path, script: str) -> list[str]:
    """The lines that a script prints beside the released files, where the grader cannot be imported."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE + textwrap.dedent(script), folder],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder.parent,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_public_tests_work_without_the_grader(handed_out: Path) -> None:
    lines = at_a_students(
        handed_out,
        """
        def right(A, W, b):
            return W @ A + b, (A, W, b)
        linear_forward_test(right)

        def wrong(A, W, b):
            return W @ A - b, (A, W, b)
        try:
            linear_forward_test(wrong)
        except AssertionError as error:
            print(error)

        def stub(A, W, b):
            raise NotImplementedError("linear_forward is not written yet")
        linear_forward_test(stub)
        """,
    )
    assert lines[0] == "All tests passed: 3 of 3 of linear_forward. Hidden cases run after you submit."
    wrong = (
        "linear_forward: wrong value; 0 of 3 public tests passed. current-1: Z is wrong in 2 of 2 elements."
    )
    assert sum(line.startswith(wrong) for line in lines) == 1
    assert "  Smallest example:" in lines
    assert lines[-1] == "linear_forward is not written yet."


def test_every_test_that_notebooks_call_is_there(handed_out: Path, definition: Definition) -> None:
    lines = at_a_students(handed_out, "print(*[name for name in dir() if name.endswith('_test')])")
    assert set(lines[0].split()) == {f"{name}_test" for name in definition.wanted.functions}
    earlier = (
        "initialize_parameters_test_1, initialize_parameters_test_2, "
        "initialize_parameters_deep_test_1, initialize_parameters_deep_test_2"
    )
    assert at_a_students(handed_out, f"print(len([{earlier}]))") == ["4"]


def executed(notebook: Any, folder: Path) -> str:
    """Run a notebook in a folder, top to bottom; return what it prints."""
    ExecutePreprocessor(timeout=60, kernel_name="python3").preprocess(
        notebook, {"metadata": {"path": str(folder)}}
    )
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return "".join(output.get("text", "") for cell in cells for output in cell.outputs)


# What the packages of Jupyter warn of is not ours to mend.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("which", ["stub", "solution"])
def test_a_notebook_runs_from_top_to_bottom(which: str, handed_out: Path, definition: Definition) -> None:
    if which == "stub":
        notebook = nbformat.read(handed_out / definition.notebook, as_version=4)
    else:
        notebook = read_solution(definition.course.solution(definition.name))
    printed = executed(notebook, handed_out)
    passed, open_ = printed.count("All tests passed"), printed.count("is not written yet.")
    assert (passed, open_) == ((0, 10) if which == "stub" else (10, 0))
