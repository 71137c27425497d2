"""Submissions: stored whole before they are acknowledged, and never changed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sql

from grader.server.store.people import Person
from grader.server.store.tables import PEOPLE, QUEUE, SUBMISSIONS

Source = Literal["page", "api", "lti"]


@dataclass(frozen=True, slots=True)
class Submission:
    """One attempt of a student at an assignment, without its bytes. `public` stands in addresses."""

    number: int
    public: str
    person: int
    assignment: str
    attempt: int
    file: str
    sha256: str
    size: int
    received_at: datetime


_COLUMNS = [column for column in SUBMISSIONS.c if column.name not in {"content", "source"}]


def add(
    connection: sql.Connection, person: Person, assignment: str, file: str, content: bytes, at: datetime,
    source: Source,
) -> Submission:  # fmt: skip
    """Store a submission, and queue it for grading.

    The bytes of the last attempt again are that attempt: who sends them a second time, because the answer to
    the first was lost, receives its receipt.

    Args:
        connection: a transaction that writes; when it is committed, the submission may be acknowledged.
        person: the student.
        assignment: the name of the assignment.
        file: what the student calls the file.
        content: its bytes.
        at: when it was received.
        source: how it came.

    Returns:
        the submission.
    """
    locked = sql.select(PEOPLE.c.number).where(PEOPLE.c.number == person.number).with_for_update()
    connection.execute(locked)  # of two attempts at once, one is the second
    before = last_of(connection, person, assignment)
    digest = hashlib.sha256(content).hexdigest()
    if before and before.sha256 == digest:
        return before
    values: dict[str, Any] = {
        "public": secrets.token_urlsafe(12),
        "person": person.number,
        "assignment": assignment,
        "attempt": before.attempt + 1 if before else 1,
        "file": file,
        "sha256": digest,
        "size": len(content),
        "received_at": at,
    }
    inserted = sql.insert(SUBMISSIONS).values(**values, content=content, source=source)
    number = connection.execute(inserted.returning(SUBMISSIONS.c.number)).scalar_one()
    waits = {"submission": number, "assignment": assignment, "queued_at": at, "tries": 0}
    connection.execute(sql.insert(QUEUE).values(**waits))
    return Submission(number, **values)


def last_of(connection: sql.Connection, person: Person, assignment: str) -> Submission | None:
    """Return the last attempt of a person at an assignment, or None."""
    chosen = _of(person, assignment).order_by(SUBMISSIONS.c.attempt.desc()).limit(1)
    row = connection.execute(chosen).one_or_none()
    return _submission(row) if row else None


def latest(connection: sql.Connection, person: Person, count: int) -> list[Submission]:
    """Return the last attempts of a person at all assignments.

    Args:
        connection: a transaction.
        person: the student.
        count: how many at the most.

    Returns:
        the attempts, the newest first.
    """
    chosen = _of(person).order_by(SUBMISSIONS.c.number.desc()).limit(count)
    return [*map(_submission, connection.execute(chosen))]


def of(connection: sql.Connection, person: Person, assignment: str = "") -> list[Submission]:
    """Return the attempts of a person, oldest first.

    Args:
        connection: a transaction.
        person: the student.
        assignment: the name of an assignment; by default all.

    Returns:
        the attempts.
    """
    chosen = _of(person, assignment).order_by(SUBMISSIONS.c.number)
    return [*map(_submission, connection.execute(chosen))]


def _of(person: Person, assignment: str = "") -> sql.Select[Any]:
    chosen = sql.select(*_COLUMNS).where(SUBMISSIONS.c.person == person.number)
    return chosen.where(SUBMISSIONS.c.assignment == assignment) if assignment else chosen


def of_assignment(connection: sql.Connection, assignment: str) -> list[Submission]:
    """Return all attempts of all people at an assignment, oldest first."""
    chosen = sql.select(*_COLUMNS).where(SUBMISSIONS.c.assignment == assignment)
    return [*map(_submission, connection.execute(chosen.order_by(SUBMISSIONS.c.number)))]


def with_public(connection: sql.Connection, public: str, person: Person | None = None) -> Submission | None:
    """Return the submission with a public id, or None.

    Args:
        connection: a transaction.
        public: the id, whatever somebody typed.
        person: whose it has to be; by default anybody's.

    Returns:
        the submission.
    """
    chosen = sql.select(*_COLUMNS).where(SUBMISSIONS.c.public == public)
    if person:
        chosen = chosen.where(SUBMISSIONS.c.person == person.number)
    row = connection.execute(chosen).one_or_none()
    return _submission(row) if row else None


def with_number(connection: sql.Connection, number: int) -> Submission:
    """Return the submission with a number."""
    row = connection.execute(sql.select(*_COLUMNS).where(SUBMISSIONS.c.number == number)).one()
    return _submission(row)


def content_of(connection: sql.Connection, number: int) -> bytes:
    """Return the bytes of a submission."""
    chosen = sql.select(SUBMISSIONS.c.content).where(SUBMISSIONS.c.number == number)
    return bytes(connection.execute(chosen).scalar_one())


def _submission(row: sql.Row[Any]) -> Submission:
    return Submission(**row._mapping)
