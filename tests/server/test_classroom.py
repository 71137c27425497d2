"""What instructors read of a class is what the command line makes of the same work."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import Service

from grader.api import grade, load, open_results
from grader.execution.regrade import order_of
from grader.results.database import read_record
from grader.server.catalogue import Offered
from grader.server.classroom import classroom
from grader.server.store import marks, people
from grader.server.store.people import Person
from grader.server.uploads import Received, accept


@pytest.fixture
def offered(service: Service) -> Offered:
    found = service.services.catalogue.find("small")
    assert found
    return found


@pytest.fixture
def others(service: Service) -> dict[str, Person]:
    with service.database.writing() as connection:
        return {name: people.add(connection, name, "student") for name in ("bob", "cid")}


def submit(service: Service, offered: Offered, person: Person, content: bytes) -> None:
    accept(service.services, person, offered, Received(f"{person.key}.ipynb", content, {}), "page")


def test_the_folder_is_what_grader_grade_writes_of_the_same_files(
    service: Service, offered: Offered, others: dict[str, Person], notebooks: dict[str, bytes],
    tmp_path: Path,
):  # fmt: skip
    (tmp_path / "in").mkdir()
    for name, content in {"ann": notebooks["right"], "bob": notebooks["wrong"]}.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(content)
    submit(service, offered, service.student, notebooks["right"])
    submit(service, offered, others["bob"], notebooks["wrong"])
    service.grade()

    assignment = load(service.services.settings.course, "small")
    roster = [service.student.student, others["bob"].student, others["cid"].student]
    expected = grade(
        assignment, tmp_path / "in", out=tmp_path / "out", roster=roster, isolation="weak", hints="none"
    )
    with classroom(service.services, offered, pages=True) as folder:
        assert open_results(folder).marks() == expected.marks()
        assert (folder / "grades.csv").read_text() == (tmp_path / "out" / "grades.csv").read_text()
        assert sorted(page.name for page in (folder / "feedback").iterdir()) == ["ann.html", "bob.html"]


def test_marks_that_people_decided_are_in_the_folder(
    service: Service, offered: Offered, notebooks: dict[str, bytes]
):
    submit(service, offered, service.student, notebooks["wrong"])
    service.grade()
    with service.database.writing() as connection:
        marks.adjust(
            connection, service.student, "small", "double", "points", 3, service.instructor,
            service.clock(), "a typing error",
        )  # fmt: skip

    with classroom(service.services, offered) as folder:
        (report,) = open_results(folder)
        assert report.points == 3
        assert report.ruling.changes == ()
        assert report.exercises[0].ruling.changes[0].adjustment.by == "Iris Moe"


def test_the_folder_says_how_it_was_graded_and_has_the_notebooks(
    service: Service, offered: Offered, notebooks: dict[str, bytes]
):
    submit(service, offered, service.student, notebooks["right"])
    service.grade()

    with classroom(service.services, offered, notebooks=True) as folder, read_record(folder) as record:
        assert order_of(folder).assignment == "small"
        (handed,) = record.handed()
        assert Path(handed.path).exists()
        assert handed.file == "ann.ipynb"


def test_there_is_no_folder_before_anything_is_graded(service: Service, offered: Offered):
    with classroom(service.services, offered) as folder:
        assert folder is None
