"""A course with a service hands out notebooks that hand themselves in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import Release, make_release
from grader.authoring.scaffold import make_new
from grader.grading.pipeline import submission_of
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

FOLDER = Path("assignments/statistics")
SERVED = '[server]\nbase_url = "http://127.0.0.1:9/"\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    made = Course(tmp_path_factory.mktemp("served"))
    make_new(made, "statistics")
    return made


def released(course: Course, sandbox: ForkServer) -> Release:
    definition = load(course, "statistics")
    return make_release(definition, prepare(definition, sandbox, "tests"), sandbox)


@pytest.fixture(scope="module")
def without(course: Course, sandbox: ForkServer) -> Release:
    (course.root / "course.toml").unlink(missing_ok=True)
    return released(course, sandbox)


@pytest.fixture(scope="module")
def served(without: Release, course: Course, sandbox: ForkServer) -> Release:
    (course.root / "course.toml").write_text(SERVED)
    return released(course, sandbox)


def notebook_of(release: Release) -> tuple[str, bytes]:
    (path,) = [path for path in release.files if path.suffix == ".ipynb"]
    return path.name, release.files[path]


def test_the_notebook_ends_with_a_cell_that_hands_it_in(without: Release, served: Release):
    name, content = notebook_of(served)
    *before, text, code = nbformat.reads(content.decode(), as_version=4).cells

    assert before == nbformat.reads(notebook_of(without)[1].decode(), as_version=4).cells
    assert text.source.startswith("## Hand in")
    page = "http://127.0.0.1:9/assignments/statistics"
    assert code.source == f'from hand_in import hand_in\n\nhand_in("{page}", "{name}");'


def test_a_course_without_a_service_hands_out_nothing_of_it(without: Release, served: Release):
    assert {*served.files} - {*without.files} == {FOLDER / "hand_in.py"}


def test_the_cell_changes_nothing_of_what_is_graded(course: Course, without: Release, served: Release):
    definition = load(course, "statistics")
    name, content = notebook_of(served)
    with_cell, as_before = (
        submission_of(definition, one, name) for one in (content, notebook_of(without)[1])
    )

    assert with_cell.notes == as_before.notes
    assert [*with_cell.functions] == [*as_before.functions]


def test_the_cell_runs_where_there_is_python_alone(served: Release, tmp_path: Path):
    name, content = notebook_of(served)
    (tmp_path / name).write_bytes(content)
    (tmp_path / "hand_in.py").write_bytes(served.files[FOLDER / "hand_in.py"])
    code = nbformat.reads(content.decode(), as_version=4).cells[-1].source
    lines = f"import time; time.sleep = lambda _: None\n{code}"

    ended = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.')\n{lines}"],
        cwd=tmp_path,
        env={"GRADER_TOKEN": "grader_x", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "cannot be reached" in ended.stdout
