"""Sessions: who came in by a link or a launch. The text in a cookie is stored as a digest only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sql

from grader.server.store import people
from grader.server.store.people import Person
from grader.server.store.tables import SESSIONS

LASTS = timedelta(days=14)


def begin(connection: sql.Connection, person: Person, at: datetime) -> str:
    """Begin a session, and forget those that have expired; return the text for its cookie.

    Args:
        connection: a transaction that writes.
        person: who came in.
        at: the time.

    Returns:
        the text.
    """
    text = secrets.token_urlsafe(32)
    connection.execute(sql.delete(SESSIONS).where(SESSIONS.c.expires_at < at))
    row = {"sha256": _digest(text), "person": person.number, "opened_at": at, "expires_at": at + LASTS}
    connection.execute(sql.insert(SESSIONS).values(**row))
    return text


def person_of(connection: sql.Connection, text: str, at: datetime) -> Person | None:
    """Return whose session a cookie is of, or None if it is of none, or expired.

    Args:
        connection: a transaction.
        text: the text in the cookie.
        at: the time.

    Returns:
        the person.
    """
    chosen = sql.select(SESSIONS).where(SESSIONS.c.sha256 == _digest(text))
    row = connection.execute(chosen).one_or_none()
    return people.with_number(connection, row.person) if row and row.expires_at > at else None


def end(connection: sql.Connection, text: str) -> None:
    """End a session.

    Args:
        connection: a transaction that writes.
        text: the text in its cookie.
    """
    connection.execute(sql.delete(SESSIONS).where(SESSIONS.c.sha256 == _digest(text)))


def end_all(connection: sql.Connection, person: Person) -> None:
    """End all sessions of a person.

    Args:
        connection: a transaction that writes.
        person: whose.
    """
    connection.execute(sql.delete(SESSIONS).where(SESSIONS.c.person == person.number))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
