"""The migrations lead to the tables that the code knows."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sql
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from grader.errors import RefusedError, UsageError
from grader.models.submission import Student
from grader.server.store import lti_tables, people
from grader.server.store.database import Database, open_database
from grader.server.store.migration import migrate
from grader.server.store.tables import METADATA

assert lti_tables


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = open_database(f"sqlite:///{tmp_path / 'service.db'}")
    migrate(made)
    return made


def test_they_lead_to_the_tables_that_the_code_knows(database: Database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_a_database_that_is_up_to_date_stays_as_it_is(database: Database):
    with database.writing() as connection:
        people.enrol(connection, [Student("ann")])

    migrate(database)
    with database.reading() as connection:
        assert [one.key for one in people.all_of(connection, "student")] == ["ann"]
    database.close()


def test_a_database_of_a_later_version_is_refused(database: Database):
    with database.writing() as connection:
        connection.execute(sql.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UsageError, match="schema 9999, which this version does not know"):
        migrate(database)
    database.close()


def test_a_full_disk_is_told_and_leaves_nothing_behind(database: Database):
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def enrol_many() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
            people.enrol(connection, [Student(f"s{i}", "x" * 1000) for i in range(100)])

    with pytest.raises(RefusedError, match="There is no room on the disk") as refused:
        enrol_many()

    assert refused.value.status == 507
    with database.reading() as connection:
        assert people.all_of(connection, "student") == []
    database.close()
