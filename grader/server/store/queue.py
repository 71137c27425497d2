"""The queue: submissions that wait for a grading, and who works on which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql

from grader.server.store.tables import QUEUE


@dataclass(frozen=True, slots=True)
class Claim:
    """A submission that a worker took; `tries` is how many workers died of it before.

    `regrading` is that for which it is graded again.
    """

    submission: int
    assignment: str
    tries: int
    regrading: int | None


def claim(connection: sql.Connection, worker: str, at: datetime, aside: Collection[str] = ()) -> Claim | None:
    """Take the oldest submission that nobody works on; what is graded again waits for all that is new.

    Args:
        connection: a transaction that writes.
        worker: the name of the worker.
        at: the time.
        aside: assignments that cannot be graded now.

    Returns:
        the claim; None if there is nothing to do.
    """
    oldest = sql.select(QUEUE.c.submission).where(QUEUE.c.claimed_by.is_(None))
    if aside:
        oldest = oldest.where(QUEUE.c.assignment.not_in(aside))
    oldest = (
        oldest.order_by(QUEUE.c.regrading.is_not(None), QUEUE.c.submission)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = sql.update(QUEUE).where(QUEUE.c.submission == oldest.scalar_subquery())
    row = connection.execute(
        taken.values(claimed_by=worker, claimed_at=at).returning(
            QUEUE.c.submission, QUEUE.c.assignment, QUEUE.c.tries, QUEUE.c.regrading
        )
    ).one_or_none()
    return Claim(*row) if row else None


def give_back(connection: sql.Connection, worker: str | None = None, *, died: bool = False) -> int:
    """Let others take what a worker claimed.

    Args:
        connection: a transaction that writes.
        worker: the name of the worker; None for all workers there ever were.
        died: whether it died of its work.

    Returns:
        how many submissions that is.
    """
    which = QUEUE.c.claimed_by == worker if worker else QUEUE.c.claimed_by.is_not(None)
    freed = sql.update(QUEUE).where(which).values(claimed_by=None, claimed_at=None)
    if died:
        freed = freed.values(tries=QUEUE.c.tries + 1)
    return connection.execute(freed).rowcount


def put_back(connection: sql.Connection, claims: Collection[Claim]) -> None:
    """Let others take some of what was claimed, which cannot be graded now.

    Args:
        connection: a transaction that writes.
        claims: the claims.
    """
    which = QUEUE.c.submission.in_([claim.submission for claim in claims])
    connection.execute(sql.update(QUEUE).where(which).values(claimed_by=None, claimed_at=None))


def waiting(connection: sql.Connection, submission: int | None = None) -> int:
    """Return how many new submissions wait or are worked on.

    Args:
        connection: a transaction.
        submission: count those before this one; by default all.

    Returns:
        the number.
    """
    counted = sql.select(sql.func.count()).select_from(QUEUE).where(QUEUE.c.regrading.is_(None))
    if submission is not None:
        counted = counted.where(QUEUE.c.submission < submission)
    return int(connection.execute(counted).scalar_one())
