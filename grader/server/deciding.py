"""Carry out what staff decide about a student: a mark, a due date; with an event that says who did it."""

from __future__ import annotations

from datetime import datetime

from starlette.exceptions import HTTPException

from grader.server.catalogue import Offered
from grader.server.services import Services
from grader.server.standing import of_person, outline_of
from grader.server.store import events, marks
from grader.server.store.people import Person
from grader.server.typed import Typed, adjustment_of, new_due


def adjust(services: Services, offered: Offered, person: Person, typed: Typed, by: Person) -> None:
    """Adjust a mark.

    Args:
        services: the service.
        offered: the assignment.
        person: the student.
        typed: what somebody typed.
        by: who decides.

    Raises:
        AdjustmentError: it makes no sense.
    """
    at = services.now()
    functions = tuple(exercise.name for exercise in offered.definition.exercises)
    with services.database.writing() as connection:
        outline = outline_of(of_person(connection, services, offered, person), offered)
        made = adjustment_of(typed, outline, functions, by, at)
        marks.adjust(
            connection, person, offered.name, made.function, made.action, made.value, by, at, made.because
        )
        events.note(
            connection, at, "adjusted", by, person, offered.name, function=made.function,
            action=made.action, value=made.value, because=made.because,
        )  # fmt: skip


def extend(
    services: Services, offered: Offered, person: Person, until: str | None, because: str, by: Person
) -> None:
    """Let the work of a student be due at another time.

    Args:
        services: the service.
        offered: the assignment.
        person: the student.
        until: the new due date as somebody typed it; None takes an extension back.
        because: why.
        by: who decides.

    Raises:
        AdjustmentError: it makes no sense.
        HTTPException: the assignment has no due date.
    """
    if offered.late is None:
        raise HTTPException(404)
    at, usual = services.now(), datetime.fromisoformat(offered.late.due)
    wanted, why = (None, because) if until is None else new_due(until, because, usual)
    with services.database.writing() as connection:
        marks.extend(connection, person, offered.name, wanted, by, at, why)
        events.note(
            connection, at, "extended" if wanted else "extension taken back", by, person, offered.name,
            until=wanted.isoformat() if wanted else "", because=why,
        )  # fmt: skip
