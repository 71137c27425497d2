"""A class at one assignment, as those who mark see it: where students stand, and their reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from grader.models.report import Header, Report, StoredReport
from grader.results.comments import with_comments
from grader.results.rulings import ruled
from grader.server.catalogue import Offered
from grader.server.identity.guard import person_of
from grader.server.services import Services
from grader.server.standing import Standing, class_of, id_of, marking_of, outline_of
from grader.server.store import gradings, marks
from grader.server.store.database import Connection
from grader.server.store.gradings import Grading

Page = tuple[str, str]
"""What a page of the class is called, and its address."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A class: the assignment, where each student stands, and their public ids by those in reports."""

    offered: Offered
    standings: tuple[Standing, ...]
    publics: Mapping[str, str]

    @property
    def address(self) -> str:
        """Return the address of the class."""
        return address_of(self.offered.name)

    @property
    def due(self) -> datetime | None:
        """Return when work is due."""
        return datetime.fromisoformat(self.offered.late.due) if self.offered.late else None

    @property
    def functions(self) -> tuple[str, ...]:
        """Return the names of the graded functions."""
        return tuple(exercise.name for exercise in self.offered.definition.exercises)

    def page_of(self, report: Report | StoredReport) -> str:
        """Return the address of the student whose report it is; empty if there is none."""
        public = self.publics.get(report.id, "")
        return f"{self.address}/students/{public}" if public else ""


def address_of(name: str) -> str:
    """Return the address of the class of an assignment."""
    return f"/classes/{name}"


def offered_in(services: Services, request: Request) -> Offered:
    """Return the assignment that an address names; there is nothing at the address if it is none.

    Args:
        services: the service.
        request: what names it.

    Returns:
        the assignment.
    """
    found = services.catalogue.find(request.path_params["assignment"])
    if found is None:
        raise HTTPException(404)
    return found


def roll_of(connection: Connection, services: Services, offered: Offered) -> Roll:
    """Return a class.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.

    Returns:
        where all students stand.
    """
    standings = tuple(class_of(connection, services, offered))
    return Roll(offered, standings, {id_of(one.person): one.person.public for one in standings})


def pages_of(request: Request, offered: Offered) -> list[Page]:
    """Return the pages of a class that somebody may see.

    Args:
        request: who asks.
        offered: the assignment.

    Returns:
        what the pages are called, with their addresses.
    """
    address = address_of(offered.name)
    shared = [
        ("Students", address),
        ("The same mistakes", f"{address}/mistakes"),
        ("Report", f"{address}/report"),
    ]
    own = [
        ("Export", f"{address}/export"),
        ("Regrade", f"{address}/regrade"),
        ("Who did what", f"{address}/history"),
    ]
    return shared + (own if person_of(request).role == "instructor" else [])


def reports_of(connection: Connection, services: Services, roll: Roll) -> list[Report]:
    """Return the whole reports that count, as people see them.

    Args:
        connection: a transaction.
        services: the service.
        roll: the class.

    Returns:
        the reports, in the order of the class; of who has no graded submission one without a mark.
    """
    graded = {one.number: one for one in map(_grading, roll.standings) if one}
    reports = shown_all(connection, services, roll, [*graded.values()])
    found = dict(zip(graded, reports, strict=True))
    return [
        found[grading.number] if grading else outline_of(one, roll.offered).filled(())
        for one in roll.standings
        for grading in [_grading(one)]
    ]


def _grading(standing: Standing) -> Grading | None:
    return standing.counts.grading if standing.counts else None


def shown_all(
    connection: Connection, services: Services, roll: Roll, those: Sequence[Grading]
) -> Iterator[Report]:
    """Yield the whole reports of some gradings, as people see them.

    Args:
        connection: a transaction.
        services: the service.
        roll: the class.
        those: the gradings.

    Returns:
        an iterator of reports, in the order of the gradings.
    """
    marking = marking_of(connection, roll.offered)
    comments = marks.comments(connection, roll.offered.name)
    found = gradings.reports_of(connection, those, services.catalogue.course_file.hints)
    return (with_comments(ruled(report, marking), comments) for report in found)


def header_of(roll: Roll) -> Header | None:
    """Return what the reports of a class share, by the last grading; None if nothing was graded."""
    found = [one for one in map(_grading, roll.standings) if one]
    return max(found, key=lambda one: one.number).header if found else None


def counted(standings: Sequence[Standing]) -> str:
    """Return how many of a class handed in, wait and are late, as a sentence."""
    handed = sum(bool(one.attempts) for one in standings)
    waiting = sum(any(attempt.grading is None for attempt in one.attempts) for one in standings)
    late = sum(bool(one.counts and one.counts.outline and one.counts.outline.late) for one in standings)
    more = [f"{waiting:,} waiting"] if waiting else []
    more += [f"{late:,} late"] if late else []
    return ", ".join([f"{handed:,} of {len(standings):,} handed in", *more]) + "."
