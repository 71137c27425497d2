"""What a regrading would change: the marks that count before and after it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.execution.regrade import Change, change_of
from grader.server.pages.roll import Roll, shown_all
from grader.server.services import Services
from grader.server.standing import Standing, marking_of, standing
from grader.server.store import gradings
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.regradings import Regrading


def differences(
    connection: Connection, services: Services, roll: Roll, regrading: Regrading
) -> list[tuple[Person, Change]]:
    """Return the marks of a class that a regrading would change.

    Args:
        connection: a transaction.
        services: the service.
        roll: the class as it is.
        regrading: the regrading.

    Returns:
        the students, each with the change.
    """
    pairs = [
        (one.person, before, after)
        for one, other in zip(roll.standings, _after(connection, services, roll, regrading), strict=True)
        if one.counts and other.counts
        for before, after in [(one.counts.grading, other.counts.grading)]
        if before and after and before.number != after.number
    ]
    old = shown_all(connection, services, roll, [before for _, before, _ in pairs])
    new = shown_all(connection, services, roll, [after for _, _, after in pairs])
    changes = zip((person for person, _, _ in pairs), map(change_of, old, new), strict=True)
    return [(person, change) for person, change in changes if change]


def _after(
    connection: Connection, services: Services, roll: Roll, regrading: Regrading
) -> Iterator[Standing]:
    """Yield where students would stand."""
    marking = marking_of(connection, roll.offered)
    numbers = [attempt.submission.number for one in roll.standings for attempt in one.attempts]
    graded = gradings.of(connection, numbers, regrading.number)
    for one in roll.standings:
        those = [attempt.submission for attempt in one.attempts]
        yield standing(one.person, those, graded, marking, services.settings.counts)
