"""Regradings of a class: asked for, graded beside the marks that count, then accepted or dropped."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from grader.server.store import deliveries
from grader.server.store.people import Person
from grader.server.store.tables import GRADINGS, QUEUE, REGRADINGS, SUBMISSIONS


@dataclass(frozen=True, slots=True)
class Regrading:
    """A class that is graded again. `public` stands in addresses.

    It is open until it is accepted or dropped.
    """

    number: int
    public: str
    assignment: str
    by: int
    at: datetime
    accepted_at: datetime | None
    dropped_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided on it yet."""
        return self.accepted_at is None and self.dropped_at is None


def begin(connection: sql.Connection, assignment: str, made_by: str, by: Person, at: datetime) -> Regrading:
    """Queue all submissions of an assignment that were not graded in a way; an open regrading is dropped.

    Args:
        connection: a transaction that writes.
        assignment: the name of the assignment.
        made_by: the digest of what decides the marks now.
        by: who asks for it.
        at: when.

    Returns:
        the regrading.
    """
    for before in (found for found in [latest(connection, assignment)] if found and found.is_open):
        drop(connection, before, at)
    values = {"public": secrets.token_urlsafe(12), "assignment": assignment, "by": by.number, "at": at}
    inserted = sql.insert(REGRADINGS).values(**values).returning(REGRADINGS)
    regrading = _regrading(connection.execute(inserted).one())
    done = sql.select(GRADINGS.c.submission).where(GRADINGS.c.made_by == made_by)
    waits = sql.select(QUEUE.c.submission)
    chosen = sql.select(
        SUBMISSIONS.c.number,
        SUBMISSIONS.c.assignment,
        sql.literal(regrading.number),
        sql.literal(at, REGRADINGS.c.at.type),
        sql.literal(0),
    ).where(
        SUBMISSIONS.c.assignment == assignment,
        SUBMISSIONS.c.number.not_in(done),
        SUBMISSIONS.c.number.not_in(waits),
    )
    columns = ["submission", "assignment", "regrading", "queued_at", "tries"]
    connection.execute(sql.insert(QUEUE).from_select(columns, chosen))
    return regrading


def latest(connection: sql.Connection, assignment: str) -> Regrading | None:
    """Return the regrading of an assignment that was begun last, or None."""
    chosen = sql.select(REGRADINGS).where(REGRADINGS.c.assignment == assignment)
    row = connection.execute(chosen.order_by(REGRADINGS.c.number.desc()).limit(1)).one_or_none()
    return _regrading(row) if row else None


def with_public(connection: sql.Connection, public: str) -> Regrading | None:
    """Return the regrading with a public id, or None."""
    row = connection.execute(sql.select(REGRADINGS).where(REGRADINGS.c.public == public)).one_or_none()
    return _regrading(row) if row else None


def waiting(connection: sql.Connection, regrading: Regrading) -> int:
    """Return how many submissions are still to be graded again."""
    counted = sql.select(sql.func.count()).select_from(QUEUE)
    return int(connection.execute(counted.where(QUEUE.c.regrading == regrading.number)).scalar_one())


def graded(connection: sql.Connection, regrading: Regrading) -> int:
    """Return how many submissions were graded again."""
    counted = sql.select(sql.func.count()).select_from(GRADINGS)
    return int(connection.execute(counted.where(GRADINGS.c.regrading == regrading.number)).scalar_one())


def accept(connection: sql.Connection, regrading: Regrading, at: datetime) -> bool:
    """Let the new gradings count.

    Args:
        connection: a transaction that writes.
        regrading: what was shown.
        at: when.

    Returns:
        False if it is no longer open, or not all is graded yet: then nothing changes.
    """
    waits = sql.select(QUEUE.c.submission).where(QUEUE.c.regrading == regrading.number).exists()
    chosen = sql.update(REGRADINGS).where(_is(regrading), ~waits)
    accepted = connection.execute(chosen.values(accepted_at=at)).rowcount == 1
    if accepted:
        deliveries.want_all(connection, at, regrading.assignment)
    return accepted


def drop(connection: sql.Connection, regrading: Regrading, at: datetime) -> bool:
    """Forget the new gradings; the marks stay as they are.

    Args:
        connection: a transaction that writes.
        regrading: the regrading.
        at: when.

    Returns:
        False if it is no longer open: then nothing changes.
    """
    chosen = sql.update(REGRADINGS).where(_is(regrading)).values(dropped_at=at)
    if connection.execute(chosen).rowcount != 1:
        return False
    for table in (QUEUE, GRADINGS):
        connection.execute(sql.delete(table).where(table.c.regrading == regrading.number))
    return True


def _is(regrading: Regrading) -> sql.ColumnElement[bool]:
    undecided = REGRADINGS.c.accepted_at.is_(None) & REGRADINGS.c.dropped_at.is_(None)
    return (REGRADINGS.c.number == regrading.number) & undecided


def _regrading(row: sql.Row[Any]) -> Regrading:
    return Regrading(**row._mapping)
