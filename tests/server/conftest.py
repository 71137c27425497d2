"""A service of a tiny course with a student, an assistant and an instructor, in this process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from doubling import RIGHT, SOLUTION, TESTCASES, WRONG, write_course
from launching import connect, new_system, set_up
from learning_system import LearningSystem
from postgres import Postgres
from serving import Service, new_service

from grader.assignments.course import Course
from grader.server import catalogue
from grader.server.queue.graders import Graders
from grader.server.settings import settings_of


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with the assignment `small`, and one that nothing is submitted for; nobody changes it."""
    course = write_course(tmp_path_factory.mktemp("tiny") / "course")
    for name, text in {"solutions": SOLUTION, "testcases": TESTCASES}.items():
        (course.root / name / "other.py").write_text(text.replace("double", "triple"))
    return course


@pytest.fixture(scope="session")
def graders(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graders]:
    """Graders that are warm for the whole session."""
    settings = settings_of(tiny_course, tmp_path_factory.mktemp("data"), isolation="weak")
    with Graders(settings) as warm:
        yield warm


@pytest.fixture(autouse=True)
def files_are_looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that changes a file need not wait until the service looks again."""
    monkeypatch.setattr(catalogue, "SEEN", 0.0)


@pytest.fixture
def service(tiny_course: Course, tmp_path: Path, graders: Graders) -> Iterator[Service]:
    """A new service with three people and nothing submitted."""
    made = new_service(tiny_course, tmp_path / "service", graders)
    yield made
    made.database.close()


@pytest.fixture
def notebooks(notebook: Callable[..., bytes]) -> dict[str, bytes]:
    """Notebooks of the small assignment: right, wrong, and of another exercise."""
    return {
        "right": notebook(RIGHT),
        "wrong": notebook(WRONG),
        "other": notebook("def nothing_of_it():\n    return 1"),
    }


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server in a folder that its own user may enter, as it may not the folders of pytest."""
    with tempfile.TemporaryDirectory() as folder, Postgres(Path(folder) / "postgres") as server:
        yield server


@pytest.fixture
def system() -> LearningSystem:
    """A learning system with a course."""
    return new_system()


@pytest.fixture
def there(service: Service, system: LearningSystem) -> Service:
    """A service that the learning system is set up in."""
    return set_up(service, system)


@pytest.fixture
def connected(there: Service, system: LearningSystem) -> Service:
    """A service that the course of the learning system is connected to."""
    connect(there, system)
    return there
