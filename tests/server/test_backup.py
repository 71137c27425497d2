"""A backup has all that was acknowledged, and restores it into any database."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sql
from doubling import RIGHT
from serving import Service

from grader.errors import UsageError
from grader.server.backup import back_up, restore
from grader.server.identity.links import link_of
from grader.server.services import Services, open_services
from grader.server.settings import settings_of
from grader.server.store import copying, gradings, marks, people, submissions
from grader.server.store.migration import migrate
from grader.server.uploads import Received, accept


@pytest.fixture
def used(service: Service, notebooks: dict[str, bytes]) -> Service:
    """A service with two attempts, one of them graded, an adjustment and a comment."""
    offered = service.services.catalogue.find("small")
    assert offered
    accept(service.services, service.student, offered, Received("a.ipynb", notebooks["wrong"], {}), "page")
    service.grade()
    accept(service.services, service.student, offered, Received("b.ipynb", notebooks["right"], {}), "api")
    with service.database.writing() as connection:
        now = service.clock()
        marks.adjust(connection, service.student, "small", "", "add", 1.0, service.instructor, now, "neat")
        marks.comment(connection, "small", "a group", "Read section 2.", service.assistant, now)
    return service


def elsewhere(service: Service, folder: Path, database: str = "") -> Services:
    return open_services(settings_of(service.services.settings.course, folder, database, isolation="weak"))


def rows_of(services: Services) -> dict[str, list[tuple]]:
    with services.database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sql.select(table))]
            for table in copying.TABLES
        }


KINDS = ("sqlite", "postgres")


@pytest.mark.parametrize("to", KINDS)
def test_what_is_restored_is_what_was_there(
    used: Service, tmp_path: Path, to: str, request: pytest.FixtureRequest
):
    url = request.getfixturevalue("postgres").url("restored") if to == "postgres" else ""
    copied = back_up(used.services.settings, tmp_path / "b.db")
    there = elsewhere(used, tmp_path / "new", url)
    restored = restore(there.settings, tmp_path / "b.db")
    there = elsewhere(used, tmp_path / "new", url)

    assert copied == restored
    assert (copied["submissions"], copied["gradings"], copied["queue"], copied["people"]) == (2, 1, 1, 3)
    assert rows_of(there) == rows_of(used.services)
    there.database.close()
    assert link_of(there, used.student).split("/enter/")[0] == "http://127.0.0.1:8000"
    assert there.settings.secret == used.services.settings.secret


@pytest.mark.parametrize("by_way_of", KINDS)
@pytest.mark.parametrize("to", KINDS)
def test_the_service_goes_on_where_it_was(
    used: Service, tmp_path: Path, by_way_of: str, to: str, request: pytest.FixtureRequest
):
    """From SQLite to a first service, and from that to another: each kind of database is written and read."""
    settings = used.services.settings
    for number, kind in enumerate((by_way_of, to)):
        name = f"moved_{by_way_of}_{to}_{number}"
        url = request.getfixturevalue("postgres").url(name) if kind == "postgres" else ""
        back_up(settings, tmp_path / f"{number}.db")
        there = elsewhere(used, tmp_path / f"new{number}", url)
        restore(there.settings, tmp_path / f"{number}.db")
        settings = there.settings
    assert rows_of(there) == rows_of(used.services)
    again = dataclasses.replace(used, services=there)

    assert again.grade() == 1
    offered = again.services.catalogue.find("small")
    assert offered
    more = accept(again.services, again.student, offered, Received("c.ipynb", notebook_of(3), {}), "page")
    assert more.attempt == 3
    with again.database.reading() as connection:
        numbers = [one.number for one in submissions.of(connection, again.student)]
        assert len(gradings.of(connection, numbers)) == 2
    there.database.close()


def notebook_of(number: int) -> bytes:
    source = f"{RIGHT}\n# {number}"
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_a_backup_is_for_its_owner_alone_and_replaces_no_file(used: Service, tmp_path: Path):
    back_up(used.services.settings, tmp_path / "b.db")

    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []
    with pytest.raises(UsageError, match="there already"):
        back_up(used.services.settings, tmp_path / "b.db")


def test_a_service_that_is_in_use_is_not_replaced(used: Service, tmp_path: Path):
    back_up(used.services.settings, tmp_path / "b.db")

    with pytest.raises(UsageError, match="people have submitted there already"):
        restore(used.services.settings, tmp_path / "b.db")


def test_people_whom_the_first_start_made_are_no_obstacle(used: Service, tmp_path: Path):
    back_up(used.services.settings, tmp_path / "b.db")
    there = elsewhere(used, tmp_path / "new")
    migrate(there.database)
    with there.database.writing() as connection:
        people.add(connection, "instructor", "instructor")

    restore(there.settings, tmp_path / "b.db")
    with there.database.reading() as connection:
        assert people.with_key(connection, "instructor") is None


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 100, "empty"], ids=["none", "text", "empty"]
)
def test_what_is_no_backup_is_told(used: Service, tmp_path: Path, content: bytes | str):
    if isinstance(content, bytes):
        (tmp_path / "b.db").write_bytes(content)
    else:
        sqlite3.connect(tmp_path / "b.db").close()

    with pytest.raises(UsageError, match="it is no backup of a service"):
        restore(elsewhere(used, tmp_path / "new").settings, tmp_path / "b.db")


def test_a_backup_in_which_a_submission_was_changed_is_refused(used: Service, tmp_path: Path):
    back_up(used.services.settings, tmp_path / "b.db")
    with sqlite3.connect(tmp_path / "b.db") as changed:
        changed.execute("UPDATE submissions SET content = x'00' WHERE attempt = 2")
    changed.close()

    with pytest.raises(UsageError, match="1 submissions are not as they were received"):
        restore(elsewhere(used, tmp_path / "new").settings, tmp_path / "b.db")


def test_a_service_that_never_began_is_to_be_started_first(used: Service, tmp_path: Path):
    (tmp_path / "never").mkdir()
    never = elsewhere(used, tmp_path / "never")
    with pytest.raises(UsageError, match="Start the service once"):
        back_up(never.settings, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()
