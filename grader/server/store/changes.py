"""What tells whether anything has changed since somebody looked."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sql

from grader.server.store.tables import EVENTS, GRADINGS, QUEUE, SUBMISSIONS

LAST = 30
"""The gradings whose times say how long one takes."""

USUAL = 0.6
"""Seconds from one grading to the next, until that is known."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The new submissions in the queue, in its order, and numbers that grow with each grading and event.

    `submitted` is the number of the last submission, `pace` the seconds from one grading to the next.
    """

    queued: tuple[int, ...]
    submitted: int
    newest: tuple[int, int]
    pace: float


def changes(connection: sql.Connection) -> Changes:
    """Return how far everything is.

    Args:
        connection: a transaction.

    Returns:
        what differs from an earlier one if anything has happened in between.
    """
    new = sql.select(QUEUE.c.submission).where(QUEUE.c.regrading.is_(None))
    queued = connection.execute(new.order_by(QUEUE.c.submission)).scalars()
    tables = (SUBMISSIONS, GRADINGS, EVENTS)
    newest = (sql.select(sql.func.max(table.c.number)).scalar_subquery() for table in tables)
    submission, grading, event = connection.execute(sql.select(*newest)).one()
    last = sql.select(GRADINGS.c.graded_at).order_by(GRADINGS.c.number.desc()).limit(LAST)
    times = connection.execute(last).scalars().all()
    return Changes(tuple(queued), submission or 0, (grading or 0, event or 0), pace_of(times))


def pace_of(times: Sequence[datetime]) -> float:
    """Return the seconds from one grading to the next: the median, so that pauses do not count.

    Args:
        times: when the last submissions were graded, the newest first.

    Returns:
        the seconds.
    """
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    return max(0.0, statistics.median(gaps)) if len(gaps) >= LAST // 3 else USUAL
