"""Copy all rows of a database into another, whatever kinds the two are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import sqlalchemy as sql

from grader.errors import RefusedError
from grader.server.store import lti_tables, tables
from grader.server.store.database import Database

AT_A_TIME = 20
"""Rows in memory: a submission may have 20 MB."""

_ALL = lti_tables.PLATFORMS.metadata.sorted_tables
TABLES = [table for table in _ALL if table is not tables.SESSIONS]
"""What is copied, each after those it refers to. Sessions are not: people enter again."""

NOTES = sql.Table(
    "backup",
    sql.MetaData(),
    sql.Column("name", sql.Text, primary_key=True),
    sql.Column("says", sql.Text, nullable=False),
)
"""What a backup says of itself."""


def copy_rows(source: sql.Connection, target: sql.Connection) -> dict[str, int]:
    """Copy all rows of a moment.

    Args:
        source: a transaction in which all is of one moment.
        target: a transaction that writes, into empty tables.

    Returns:
        how many rows each table has.
    """
    copied: dict[str, int] = {}
    for table in TABLES:
        copied[table.name] = 0
        for rows in _pages(source, table):
            target.execute(sql.insert(table), rows)
            copied[table.name] += len(rows)
    _go_on_counting(target)
    return copied


def _pages(source: sql.Connection, table: sql.Table) -> Iterator[list[dict[str, object]]]:
    order = [*table.primary_key.columns]
    with source.execution_options(yield_per=AT_A_TIME).execute(sql.select(table).order_by(*order)) as result:
        for rows in result.mappings().partitions():
            yield [dict(row) for row in rows]


def _go_on_counting(target: sql.Connection) -> None:
    """Let PostgreSQL number the next rows after those that are there, which SQLite does by itself."""
    if target.dialect.name != "postgresql":
        return
    for table in TABLES:
        if "number" in table.c and table.c.number.primary_key:
            highest = sql.select(sql.func.coalesce(sql.func.max(table.c.number), 0) + 1).scalar_subquery()
            place = sql.func.pg_get_serial_sequence(table.name, "number")
            target.execute(sql.select(sql.func.setval(place, highest, False)))


def is_empty(connection: sql.Connection) -> bool:
    """Return whether nobody has submitted or decided anything there yet."""
    kept = (tables.SUBMISSIONS, tables.ADJUSTMENTS, tables.COMMENTS, tables.EXTENSIONS)
    return not any(connection.execute(sql.select(table).limit(1)).first() for table in kept)


def forget_all(connection: sql.Connection) -> None:
    """Delete all rows of a service that nobody has used: the people whom its start made."""
    for table in reversed(_ALL):
        connection.execute(sql.delete(table))


def damaged(connection: sql.Connection) -> list[str]:
    """Return the public ids of submissions whose bytes are not those that were received."""
    columns = tables.SUBMISSIONS.c
    chosen = sql.select(columns.public, columns.sha256, columns.content).order_by(columns.number)
    with connection.execution_options(yield_per=AT_A_TIME).execute(chosen) as rows:
        return [row.public for row in rows if hashlib.sha256(row.content).hexdigest() != row.sha256]


def keep_notes(connection: sql.Connection, said: Mapping[str, str]) -> None:
    """Write what a backup says of itself.

    Args:
        connection: a transaction that writes, in the backup.
        said: texts by their names.
    """
    NOTES.create(connection)
    connection.execute(sql.insert(NOTES), [{"name": name, "says": says} for name, says in said.items()])


def notes_of(database: Database) -> dict[str, str]:
    """Return what a backup says of itself; nothing if it is none, or its file is damaged.

    Args:
        database: the file that may be a backup.

    Returns:
        texts by their names.
    """
    try:
        with database.reading() as connection:
            whole = connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
            return {row.name: row.says for row in connection.execute(sql.select(NOTES))} if whole else {}
    except (RefusedError, sql.exc.DatabaseError):
        return {}
