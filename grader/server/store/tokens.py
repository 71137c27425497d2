"""Tokens of programs that ask for a person. They are stored as digests only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql

from grader.server.store import people
from grader.server.store.people import Person
from grader.server.store.tables import TOKENS

PREFIX = "grader_"
"""Begins each token, so that scanners of secrets find one that was published."""

SHOWN = 12
"""Characters of a digest by which a token is named; nothing follows from them."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: its public name, what its owner calls it, and until when it is accepted."""

    public: str
    name: str
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_accepted(self, at: datetime) -> bool:
        """Return whether it lets a program in at a time."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


def make(connection: sql.Connection, person: Person, name: str, at: datetime, until: datetime | None) -> str:
    """Make a token; return its text, which nobody can find out again.

    Args:
        connection: a transaction that writes.
        person: for whom it asks.
        name: what its owner calls it.
        at: the time.
        until: when it expires; None for never.

    Returns:
        the text.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    row = {"sha256": _digest(text), "person": person.number, "name": name, "made_at": at}
    connection.execute(sql.insert(TOKENS).values(**row, expires_at=until))
    return text


def person_of(connection: sql.Connection, text: str, at: datetime) -> Person | None:
    """Return for whom a token asks, or None if it is none, expired, or revoked.

    Args:
        connection: a transaction.
        text: the token.
        at: the time.

    Returns:
        the person.
    """
    row = connection.execute(sql.select(TOKENS).where(TOKENS.c.sha256 == _digest(text))).one_or_none()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= at):
        return None
    return people.with_number(connection, row.person)


def of(connection: sql.Connection, person: Person) -> list[Token]:
    """Return the tokens of a person, the oldest first."""
    chosen = sql.select(TOKENS).where(TOKENS.c.person == person.number).order_by(TOKENS.c.made_at)
    return [
        Token(row.sha256[:SHOWN], row.name, row.made_at, row.expires_at, row.revoked_at)
        for row in connection.execute(chosen)
    ]


def revoke(connection: sql.Connection, person: Person, public: str, at: datetime) -> bool:
    """Let a token of a person be accepted no more.

    Args:
        connection: a transaction that writes.
        person: its owner.
        public: its public name.
        at: the time.

    Returns:
        whether there was one.
    """
    mine = sql.and_(TOKENS.c.person == person.number, sql.func.substr(TOKENS.c.sha256, 1, SHOWN) == public)
    change = sql.update(TOKENS).where(mine, TOKENS.c.revoked_at.is_(None)).values(revoked_at=at)
    return connection.execute(change).rowcount > 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
