"""What people decide: adjustments, comments, extensions. Rows are inserted, never changed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sql

from grader.models.marking import Action, Adjustment
from grader.server.store import deliveries
from grader.server.store.people import Person
from grader.server.store.tables import ADJUSTMENTS, COMMENTS, EXTENSIONS, PEOPLE
from grader.submissions import safe_id

# Here, not where they are asked: it takes as long as the query, and threads that do it at once spoil it.
_WHOSE, _WHO = PEOPLE.alias(), PEOPLE.alias()
_DECIDED = ADJUSTMENTS.join(_WHOSE, _WHOSE.c.number == ADJUSTMENTS.c.person).join(
    _WHO, _WHO.c.number == ADJUSTMENTS.c.by
)


def adjust(
    connection: sql.Connection, person: Person, assignment: str, function: str, action: Action, value: float,
    by: Person, at: datetime, because: str,
) -> None:  # fmt: skip
    """Adjust a mark.

    Args:
        connection: a transaction that writes.
        person: whose mark.
        assignment: of which assignment.
        function: of which function; empty for the whole submission.
        action: what is done.
        value: points or days.
        by: who decides.
        at: when.
        because: why.
    """
    connection.execute(
        sql.insert(ADJUSTMENTS).values(
            person=person.number, assignment=assignment, function=function, action=action, value=value,
            by=by.number, at=at, because=because,
        )
    )  # fmt: skip
    deliveries.want(connection, person.number, assignment, at)


def adjustments(connection: sql.Connection, assignment: str) -> tuple[Adjustment, ...]:
    """Return all adjustments of an assignment, oldest first, as adjustments.csv has them."""
    chosen = (
        sql.select(ADJUSTMENTS, _WHOSE.c.key.label("student"), _WHO.c.name, _WHO.c.key)
        .select_from(_DECIDED)
        .where(ADJUSTMENTS.c.assignment == assignment)
    )
    return tuple(
        Adjustment(
            safe_id(row.student), row.function, row.action, row.value, row.name or row.key,
            row.at.isoformat(timespec="seconds"), row.because,
        )
        for row in connection.execute(chosen.order_by(ADJUSTMENTS.c.number))
    )  # fmt: skip


def comment(
    connection: sql.Connection, assignment: str, group: str, text: str, by: Person, at: datetime
) -> None:
    """Say something to everyone who gave the same wrong answers.

    Args:
        connection: a transaction that writes.
        assignment: the name of the assignment.
        group: the name of the group.
        text: the comment; an empty one takes it back.
        by: who says it.
        at: when.
    """
    row = {"assignment": assignment, "group": group, "text": text, "by": by.number, "at": at}
    connection.execute(sql.insert(COMMENTS).values(**row))


def comments(connection: sql.Connection, assignment: str) -> dict[str, str]:
    """Return the comments of an assignment by the names of their groups."""
    chosen = sql.select(COMMENTS.c["group"], COMMENTS.c.text).where(COMMENTS.c.assignment == assignment)
    rows = connection.execute(chosen.order_by(COMMENTS.c.number))
    latest = {group: text for group, text in rows}  # noqa: C416  # of one group the last counts
    return {group: text for group, text in latest.items() if text}


def extend(
    connection: sql.Connection, person: Person, assignment: str, until: datetime | None, by: Person,
    at: datetime, because: str,
) -> None:  # fmt: skip
    """Let the work of a student be due at another time.

    Args:
        connection: a transaction that writes.
        person: the student.
        assignment: the name of the assignment.
        until: the new due date; None takes an extension back.
        by: who decides.
        at: when.
        because: why.
    """
    row = {"person": person.number, "assignment": assignment, "until": until, "because": because}
    connection.execute(sql.insert(EXTENSIONS).values(**row, by=by.number, at=at))
    deliveries.want(connection, person.number, assignment, at)


def extensions(connection: sql.Connection, assignment: str) -> dict[str, datetime]:
    """Return the due dates of students with an extension, by their keys."""
    chosen = (
        sql.select(PEOPLE.c.key, EXTENSIONS.c.until)
        .select_from(EXTENSIONS.join(PEOPLE, PEOPLE.c.number == EXTENSIONS.c.person))
        .where(EXTENSIONS.c.assignment == assignment)
        .order_by(EXTENSIONS.c.number)
    )
    latest = {key: until for key, until in connection.execute(chosen)}  # noqa: C416  # the last counts
    return {key: until for key, until in latest.items() if until}
