"""Events: who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from grader.server.store.people import Person
from grader.server.store.tables import EVENTS


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody did; `by` is None for the service itself, `person` is whom it concerns."""

    at: datetime
    what: str
    by: int | None
    person: int | None
    assignment: str
    detail: Mapping[str, Any]


def note(
    connection: sql.Connection, at: datetime, what: str, by: Person | None = None,
    person: Person | None = None, assignment: str = "", **detail: Any,
) -> None:  # fmt: skip
    """Write down what somebody does, in the transaction that does it.

    Args:
        connection: a transaction that writes.
        at: the time.
        what: a word or two.
        by: who does it; None for the service itself.
        person: whom it concerns.
        assignment: which assignment.
        detail: more, as JSON has it.
    """
    connection.execute(
        sql.insert(EVENTS).values(
            at=at,
            what=what,
            by=by.number if by else None,
            person=person.number if person else None,
            assignment=assignment,
            detail=detail,
        )
    )


def latest(connection: sql.Connection, assignment: str = "", most: int = 200) -> list[Event]:
    """Return what was done last, the newest first.

    Args:
        connection: a transaction.
        assignment: the name of an assignment; by default all.
        most: how many to return.

    Returns:
        the events.
    """
    chosen = sql.select(EVENTS).order_by(EVENTS.c.number.desc()).limit(most)
    if assignment:
        chosen = chosen.where(EVENTS.c.assignment == assignment)
    rows = connection.execute(chosen)
    return [Event(row.at, row.what, row.by, row.person, row.assignment, row.detail) for row in rows]
