"""Grade a class again, and say whose mark changes before it does."""

from __future__ import annotations

from dataclasses import dataclass

from grader.execution.regrade import Change, change_of
from grader.results.rulings import ruled
from grader.server.catalogue import Offered
from grader.server.queue.graders import made_by, order_of
from grader.server.services import Services
from grader.server.standing import Standing, class_of, marking_of
from grader.server.store import events, gradings, regradings
from grader.server.store.database import Connection
from grader.server.store.gradings import Grading
from grader.server.store.people import Person
from grader.server.store.regradings import Regrading


@dataclass(frozen=True, slots=True)
class Preview:
    """What a regrading would change. It may be accepted when nothing waits any more.

    `changes` are as `grader regrade` shows them, each with its student, by the ids of students.
    """

    regrading: Regrading
    waiting: int
    graded: int
    changes: tuple[tuple[Person, Change], ...]


def is_stale(services: Services, offered: Offered, everybody: list[Standing]) -> bool:
    """Return whether marks that count were given by other files, or by another grader, than there are now.

    Args:
        services: the service.
        offered: the assignment.
        everybody: where its students stand.

    Returns:
        True if a regrading may change marks.
    """
    now = made_by(offered.definition, order_of(services.settings, offered.name))
    counting = [one.counts.grading for one in everybody if one.counts and one.counts.grading]
    return any(grading.made_by != now for grading in counting)


def begin(services: Services, offered: Offered, by: Person) -> Regrading:
    """Queue a class to be graded again; its marks stay as they are until the regrading is accepted.

    Args:
        services: the service.
        offered: the assignment.
        by: who asks for it.

    Returns:
        the regrading.

    Raises:
        RefusedError: the database is away.
    """
    now = made_by(offered.definition, order_of(services.settings, offered.name))
    with services.database.writing() as connection:
        at = services.now()
        events.note(connection, at, "began to regrade", by, assignment=offered.name)
        return regradings.begin(connection, offered.name, now, by, at)


def preview(connection: Connection, services: Services, offered: Offered, regrading: Regrading) -> Preview:
    """Return what a regrading would change, as far as it has come.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        regrading: the regrading.

    Returns:
        the changes of marks.
    """
    before = class_of(connection, services, offered)
    after = class_of(connection, services, offered, regrading.number)
    differ = [
        (old.person, was, now)
        for old, new in zip(before, after, strict=True)
        for was, now in [(_grading(old), _grading(new))]
        if was and now and was.number != now.number
    ]
    marking = marking_of(connection, offered)
    olds = gradings.reports_of(connection, [was for _, was, _ in differ])
    news = gradings.reports_of(connection, [now for _, _, now in differ])
    changes = (
        (person, change_of(ruled(old, marking), ruled(new, marking)))
        for (person, _, _), old, new in zip(differ, olds, news, strict=True)
    )
    return Preview(
        regrading,
        regradings.waiting(connection, regrading),
        regradings.graded(connection, regrading),
        tuple((person, change) for person, change in changes if change),
    )


def _grading(one: Standing) -> Grading | None:
    return one.counts.grading if one.counts else None


def accept(services: Services, regrading: Regrading, by: Person) -> bool:
    """Let the new marks count.

    Args:
        services: the service.
        regrading: what was shown.
        by: who decides.

    Returns:
        False if somebody decided otherwise meanwhile, or not all is graded yet: then nothing changes.

    Raises:
        RefusedError: the database is away.
    """
    with services.database.writing() as connection:
        at = services.now()
        done = regradings.accept(connection, regrading, at)
        if done:
            events.note(connection, at, "accepted a regrading", by, assignment=regrading.assignment)
    return done


def drop(services: Services, regrading: Regrading, by: Person) -> bool:
    """Forget a regrading; the marks stay as they are.

    Args:
        services: the service.
        regrading: the regrading.
        by: who decides.

    Returns:
        False if somebody decided otherwise meanwhile.

    Raises:
        RefusedError: the database is away.
    """
    with services.database.writing() as connection:
        at = services.now()
        done = regradings.drop(connection, regrading, at)
        if done:
            events.note(connection, at, "dropped a regrading", by, assignment=regrading.assignment)
    return done
