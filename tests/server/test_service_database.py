"""What a database says when it fails is told apart: it is away, its disk is full, or the fault is ours."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql

from grader.errors import RefusedError
from grader.server.store import database as databases
from grader.server.store.database import Database, open_database
from grader.server.store.migration import migrate


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(databases, "PATIENCE", 0.1)
    made = open_database(f"sqlite:///{tmp_path / 'service.db'}")
    migrate(made)
    yield made
    made.close()


def write(database: Database, statement: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(statement)


def test_a_file_that_another_program_writes_to_for_long_is_away(database: Database, tmp_path: Path):
    other = sqlite3.connect(tmp_path / "service.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(RefusedError, match="is away") as refused:
        write(database, "DELETE FROM queue")
    other.close()

    assert (refused.value.status, refused.value.retry_after > 0) == (503, True)
    write(database, "DELETE FROM queue")


def test_a_file_that_is_not_there_is_away(tmp_path: Path):
    nowhere = open_database(f"sqlite:///{tmp_path}/none/service.db")
    with pytest.raises(RefusedError, match="is away"):
        write(nowhere, "DELETE FROM queue")


def test_a_fault_of_ours_is_not_taken_for_a_database_that_is_away(database: Database):
    with pytest.raises(sql.exc.OperationalError, match="no such table"):
        write(database, "DELETE FROM no_such")


def test_a_process_that_is_asked_to_end_in_the_middle_of_a_statement_ends(database: Database):
    @sql.event.listens_for(database.engine, "do_execute")
    def asked_to_end(*_: object) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        write(database, "DELETE FROM queue")
    sql.event.remove(database.engine, "do_execute", asked_to_end)
    write(database, "DELETE FROM queue")


ASKED_AT_ONCE = """
import sys, threading
from sqlalchemy.dialects import sqlite
from grader.server.store import marks

class Compiling:
    def execute(self, statement):
        statement.compile(dialect=sqlite.dialect())
        return ()

def ask():
    together.wait()
    try:
        marks.adjustments(Compiling(), "small")
        marks.extensions(Compiling(), "small")
    except Exception as error:
        faults.append(repr(error))

sys.setswitchinterval(1e-6)
together, faults = threading.Barrier(24), []
threads = [threading.Thread(target=ask) for _ in range(24)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("; ".join(faults) or 0)
"""


def test_the_first_questions_of_a_process_may_come_at_once() -> None:
    for _ in range(4):
        subprocess.run([sys.executable, "-c", ASKED_AT_ONCE], check=True, timeout=60)
