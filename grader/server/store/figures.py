"""Figures for monitoring: counts alone, nothing of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql

from grader.server.store.tables import GRADINGS, PEOPLE, QUEUE, SUBMISSIONS


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is; `oldest` is since when the submission that waits longest does."""

    waiting: int
    claimed: int
    oldest: datetime | None
    submissions: Mapping[str, int]
    gradings: Mapping[str, int]
    people: Mapping[str, int]


def figures(connection: sql.Connection) -> Figures:
    """Return the figures: submissions by assignment, gradings by status, people by role."""
    return Figures(
        waiting=int(connection.execute(sql.select(sql.func.count()).select_from(QUEUE)).scalar_one()),
        claimed=int(connection.execute(sql.select(sql.func.count(QUEUE.c.claimed_by))).scalar_one()),
        oldest=waits_since(connection),
        submissions=_counted(connection, SUBMISSIONS.c.assignment),
        gradings=_counted(connection, GRADINGS.c.status),
        people=_counted(connection, PEOPLE.c.role),
    )


def waits_since(connection: sql.Connection) -> datetime | None:
    """Return since when the submission that waits longest does; None if none waits."""
    since: datetime | None = connection.execute(sql.select(sql.func.min(QUEUE.c.queued_at))).scalar_one()
    return since


def _counted(connection: sql.Connection, column: sql.Column[str]) -> dict[str, int]:
    rows = connection.execute(sql.select(column, sql.func.count()).group_by(column).order_by(column))
    return {name: count for name, count in rows}  # noqa: C416  # a row is no pair to mypy
