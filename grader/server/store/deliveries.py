"""Marks on the way to learning systems: an outbox, filled in the transaction that changes a mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sql

from grader.server.store.lti_tables import COURSES, DELIVERIES, LINKS
from grader.server.store.tables import SUBMISSIONS

CLAIM = timedelta(minutes=2)
"""How long who takes a delivery has for it, before another does."""

_LINKED = DELIVERIES.join(LINKS, LINKS.c.number == DELIVERIES.c.link)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mark that is to be sent: whose, of what, and to which column of which learning system."""

    person: int
    link: int
    wanted: int
    tries: int
    assignment: str
    link_id: str
    line_item: str
    line_items: str
    platform: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mark that did not arrive: whose, of what, why, and when it is tried again (None: not any more)."""

    person: int
    assignment: str
    tries: int
    problem: str
    due_at: datetime | None


def want(connection: sql.Connection, person: int, assignment: str, at: datetime) -> None:
    """Let a mark be sent to all learning systems that have a column for it.

    Args:
        connection: the transaction that changes the mark.
        person: the number of the student.
        assignment: the name of the assignment.
        at: the time.
    """
    which = sql.and_(
        LINKS.c.assignment == assignment, sql.or_(LINKS.c.line_item != "", LINKS.c.line_items != "")
    )
    again = {"wanted": DELIVERIES.c.wanted + 1, "due_at": at, "tries": 0, "problem": ""}
    for link in connection.execute(sql.select(LINKS.c.number).where(which)).scalars().all():
        mine = sql.and_(DELIVERIES.c.link == link, DELIVERIES.c.person == person)
        if connection.execute(sql.update(DELIVERIES).where(mine).values(**again)).rowcount == 0:
            connection.execute(sql.insert(DELIVERIES).values(person=person, link=link, due_at=at))


def want_after_grading(connection: sql.Connection, submission: int, at: datetime) -> None:
    """Let the mark of a submission be sent.

    Args:
        connection: the transaction that inserts a grading.
        submission: the number of the submission.
        at: the time.
    """
    chosen = sql.select(SUBMISSIONS.c.person, SUBMISSIONS.c.assignment)
    row = connection.execute(chosen.where(SUBMISSIONS.c.number == submission)).one()
    want(connection, row.person, row.assignment, at)


def want_all(connection: sql.Connection, at: datetime, assignment: str = "") -> None:
    """Let the marks of all who submitted anything be sent again.

    Args:
        connection: a transaction that writes.
        at: the time.
        assignment: the name of an assignment; by default all.
    """
    pairs = sql.select(SUBMISSIONS.c.person, SUBMISSIONS.c.assignment).distinct()
    if assignment:
        pairs = pairs.where(SUBMISSIONS.c.assignment == assignment)
    for row in connection.execute(pairs).all():
        want(connection, row.person, row.assignment, at)


def take(connection: sql.Connection, at: datetime) -> Delivery | None:
    """Take the mark that has been due for the longest; nobody else takes it for two minutes.

    Args:
        connection: a transaction that writes.
        at: the time.

    Returns:
        the delivery; None if nothing is due.
    """
    chosen = (
        sql.select(DELIVERIES, LINKS, COURSES.c.platform)
        .select_from(_LINKED.join(COURSES, COURSES.c.number == LINKS.c.course))
        .where(DELIVERIES.c.due_at <= at, COURSES.c.connected_at.is_not(None))
        .order_by(DELIVERIES.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=DELIVERIES)
    )
    row = connection.execute(chosen.set_label_style(sql.LABEL_STYLE_TABLENAME_PLUS_COL)).one_or_none()
    if row is None:
        return None
    found = _delivery(row)
    connection.execute(_mine(found).values(due_at=at + CLAIM))
    return found


def _delivery(row: sql.Row[Any]) -> Delivery:
    return Delivery(
        person=row.deliveries_person,
        link=row.deliveries_link,
        wanted=row.deliveries_wanted,
        tries=row.deliveries_tries,
        assignment=row.platform_links_assignment,
        link_id=row.platform_links_link,
        line_item=row.platform_links_line_item,
        line_items=row.platform_links_line_items,
        platform=row.platform_courses_platform,
    )


def _mine(delivery: Delivery) -> sql.Update:
    """Return the update of a delivery, unless the mark may have changed since it was taken."""
    return sql.update(DELIVERIES).where(
        DELIVERIES.c.person == delivery.person,
        DELIVERIES.c.link == delivery.link,
        DELIVERIES.c.wanted == delivery.wanted,
    )


def arrived(connection: sql.Connection, delivery: Delivery, at: datetime) -> None:
    """Note that a mark is there.

    Args:
        connection: a transaction that writes.
        delivery: what was sent.
        at: the time.
    """
    connection.execute(_mine(delivery).values(due_at=None, tries=0, sent_at=at, problem=""))


def failed(connection: sql.Connection, delivery: Delivery, problem: str, again: datetime | None) -> None:
    """Note why a mark is not there.

    Args:
        connection: a transaction that writes.
        delivery: what was sent.
        problem: what went wrong.
        again: when to try again; None for never.
    """
    connection.execute(_mine(delivery).values(due_at=again, tries=delivery.tries + 1, problem=problem[:500]))


def undelivered(connection: sql.Connection, most: int = 200) -> list[Undelivered]:
    """Return the marks that did not arrive, those that will not be tried again first.

    Args:
        connection: a transaction.
        most: how many to return.

    Returns:
        the deliveries with a problem.
    """
    chosen = (
        sql.select(DELIVERIES, LINKS.c.assignment)
        .select_from(_LINKED)
        .where(DELIVERIES.c.problem != "")
        .order_by(DELIVERIES.c.due_at.is_not(None), DELIVERIES.c.due_at)
        .limit(most)
    )
    return [
        Undelivered(row.person, row.assignment, row.tries, row.problem, row.due_at)
        for row in connection.execute(chosen)
    ]


def waiting(connection: sql.Connection) -> int:
    """Return how many marks are to be sent."""
    chosen = sql.select(sql.func.count()).select_from(DELIVERIES).where(DELIVERIES.c.due_at.is_not(None))
    return connection.execute(chosen).scalar_one()
