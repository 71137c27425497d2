"""What instructors export of a class is what the command line exports of the same files."""

from __future__ import annotations

from pathlib import Path

from serving import Service

from grader.api import grade, load
from grader.results.database import read_record
from grader.results.gradebook import write_gradebook
from grader.server.store import people
from grader.server.uploads import Received, accept


def test_the_table_for_spreadsheets_is_that_of_the_command_line(
    service: Service, notebooks: dict[str, bytes], tmp_path: Path
):
    offered = service.services.catalogue.find("small")
    assert offered
    (tmp_path / "in").mkdir()
    with service.database.writing() as connection:
        class_ = [service.student, *(people.add(connection, key, "student") for key in ("bob", "cid"))]
    for person, kind in zip(class_, ("right", "wrong"), strict=False):
        (tmp_path / "in" / f"{person.key}.ipynb").write_bytes(notebooks[kind])
        sent = Received(f"{person.key}.ipynb", notebooks[kind], {})
        accept(service.services, person, offered, sent, "page")
    service.grade()
    roster = [person.student for person in class_]
    course = service.services.settings.course
    grade(load(course, "small"), tmp_path / "in", out=tmp_path / "out", roster=roster, isolation="weak")
    with read_record(tmp_path / "out") as record:
        expected = b"".join(write_gradebook(record.reports()))

    table = service.client(service.instructor).get("/classes/small/export/csv").content

    assert table == expected
