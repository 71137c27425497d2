"""What many tests share: one sandbox, the first assignment answered by its reference, a way to grade code."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import CHROMIUM, Browser
from gradings import RIGHT, Grading
from hypothesis import settings
from small_courses import writer_into

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.execution import batch
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.notebooks.solution import notebook_bytes, read_solution
from grader.sandbox.fork_server import ForkServer
from grader.submissions import Handed, find

settings.register_profile("untimed", deadline=None)  # no test fails because a machine is busy
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "dnn_step_by_step"
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in a background job; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
TIMEOUT = 2.0  # of endless loops too, every one of which is waited for


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests of a file, unless they say otherwise: what they share is made once."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(autouse=True)
def forked_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork workers, though tests that run side by side have a thread: it holds no lock of ours."""
    monkeypatch.setattr(batch, "has_threads", lambda: False)


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of this project."""
    return Course(ROOT)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ForkServer]:
    """One warm sandbox for the whole session, as well isolated as this machine can."""
    with ForkServer(TIMEOUT, required="weak") as server:
        yield server


@pytest.fixture(scope="session")
def definition(course: Course) -> Definition:
    """What the files of the first assignment say."""
    return load(course, ASSIGNMENT)


@pytest.fixture(scope="session")
def assignment(definition: Definition, sandbox: ForkServer) -> Assignment:
    """The first assignment, ready to grade."""
    return prepare(definition, sandbox, "tests")


@pytest.fixture(scope="session")
def solution(definition: Definition) -> Any:
    """The solution of the first assignment as a notebook."""
    return read_solution(definition.course.solution(definition.name))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One headless browser for the whole session."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    pytest.importorskip("axe_playwright_python.sync_playwright", reason="it needs axe-playwright-python")
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def notebook() -> Callable[..., bytes]:
    """A function from the sources of code cells to the bytes of a notebook."""

    def write(*sources: str) -> bytes:
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        return notebook_bytes(nbformat.v4.new_notebook(cells=cells))

    return write


@pytest.fixture(scope="session")
def graded(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Callable[..., Report]:
    """A function from the sources of code cells, or the bytes of a notebook, to a report."""

    def report(*cells: str | bytes, names: NameMap = NO_NAMES) -> Report:
        data = cells[0] if isinstance(cells[0], bytes) else notebook(*cells)
        return grade(assignment, sandbox, data, id="student", file="student.ipynb", names=names)

    return report


@pytest.fixture(scope="session")
def timeless() -> Callable[[bytes], object]:
    """A function from a results.json to all that it says but the seconds."""

    def read(content: bytes) -> object:
        return json.loads(content, object_pairs_hook=lambda pairs: [p for p in pairs if p[0] != "seconds"])

    return read


# ---------------------------------------------------------------- a small course of one's own


@pytest.fixture
def small_course(tmp_path: Path) -> Callable[..., Course]:
    """A function that writes a course with the assignment `small`, and more files by their paths."""
    return writer_into(tmp_path / "course")


# ---------------------------------------------------------------- a small class in a folder


@pytest.fixture
def grading(
    small_course: Callable[..., Course], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Grading]:
    one = Grading(small_course(), tmp_path / "out" / "deep", monkeypatch)
    yield one
    one.grader.sandbox.close()


@pytest.fixture
def handed(tmp_path: Path, notebook: Callable[..., bytes]) -> list[Handed]:
    """Ann and Cid are right, Bob is wrong, and Dan sent a web page."""
    (tmp_path / "in").mkdir()
    for name, source in {"ann": RIGHT, "bob": RIGHT.replace("2", "3"), "cid": RIGHT + " + 0"}.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(source))
    (tmp_path / "in" / "dan.ipynb").write_text("<html>")
    return find([tmp_path / "in"])
