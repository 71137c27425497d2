"""What tells whether anything has changed since somebody looked."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sql

from grader.server.store.tables import EVENTS, GRADINGS, QUEUE


@dataclass(frozen=True, slots=True)
class Changes:
    """The new submissions in the queue, in its order, and numbers that grow with each grading and event."""

    queued: tuple[int, ...]
    newest: tuple[int, int]


def changes(connection: sql.Connection) -> Changes:
    """Return how far everything is.

    Args:
        connection: a transaction.

    Returns:
        what differs from an earlier one if anything has happened in between.
    """
    new = sql.select(QUEUE.c.submission).where(QUEUE.c.regrading.is_(None))
    queued = connection.execute(new.order_by(QUEUE.c.submission)).scalars()
    newest = (sql.select(sql.func.max(table.c.number)).scalar_subquery() for table in (GRADINGS, EVENTS))
    grading, event = connection.execute(sql.select(*newest)).one()
    return Changes(tuple(queued), (grading or 0, event or 0))
