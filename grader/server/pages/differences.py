"""What a regrading would change: the marks that count before and after it."""

from __future__ import annotations

from grader.execution.regrade import Change, change_of
from grader.server.pages.roll import Roll, shown_all
from grader.server.services import Services
from grader.server.standing import class_of
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
    would_be = class_of(connection, services, roll.offered, regrading.number)
    pairs = [
        (one.person, before, after)
        for one, other in zip(roll.standings, would_be, strict=True)
        if one.counts and other.counts
        for before, after in [(one.counts.grading, other.counts.grading)]
        if before and after and before.number != after.number
    ]
    old = shown_all(connection, services, roll, [before for _, before, _ in pairs])
    new = shown_all(connection, services, roll, [after for _, _, after in pairs])
    changes = zip((person for person, _, _ in pairs), map(change_of, old, new), strict=True)
    return [(person, change) for person, change in changes if change]
