"""Where students stand: which attempt counts, and the marks with all that people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.models.marking import LatePolicy, Marking
from grader.models.report import Report, StoredReport
from grader.results.comments import with_comments
from grader.results.rulings import in_force, ruled
from grader.server.catalogue import Offered
from grader.server.services import Services
from grader.server.settings import Counting
from grader.server.store import gradings, marks, people, submissions
from grader.server.store.database import Connection
from grader.server.store.gradings import Grading
from grader.server.store.people import Person
from grader.server.store.submissions import Submission
from grader.submissions import safe_id


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submission with its grading, None while it waits, and the outline with the marks that count."""

    submission: Submission
    grading: Grading | None
    outline: StoredReport | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One student at one assignment: all attempts, oldest first, and the one that counts, if there is any."""

    person: Person
    attempts: tuple[Attempt, ...]
    counts: Attempt | None


def marking_of(connection: Connection, offered: Offered) -> Marking:
    """Return all that changes computed marks of an assignment.

    Args:
        connection: a transaction.
        offered: the assignment.

    Returns:
        the adjustments in force, and the late policy with the extensions of course.toml and of the service.
    """
    return Marking(in_force(marks.adjustments(connection, offered.name)), late_policy_of(connection, offered))


def late_policy_of(connection: Connection, offered: Offered) -> LatePolicy | None:
    """Return the late policy of an assignment with all extensions; None where it has no due date."""
    if offered.late is None:
        return None
    given = {key: until.isoformat() for key, until in marks.extensions(connection, offered.name).items()}
    return replace(offered.late, extensions={**offered.late.extensions, **given})


def class_of(
    connection: Connection, services: Services, offered: Offered, regrading: int | None = None
) -> list[Standing]:
    """Return where all students stand, by their ids: those who submitted nothing, too.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        regrading: one to take for accepted, to see what it would change.

    Returns:
        the students.
    """
    marking = marking_of(connection, offered)
    by_person: dict[int, list[Submission]] = {}
    for one in submissions.of_assignment(connection, offered.name):
        by_person.setdefault(one.person, []).append(one)
    graded = gradings.of(connection, [one.number for those in by_person.values() for one in those], regrading)
    counts = services.settings.counts
    return [
        standing(person, by_person.get(person.number, ()), graded, marking, counts)
        for person in people.all_of(connection, "student")
    ]


def of_person(connection: Connection, services: Services, offered: Offered, person: Person) -> Standing:
    """Return where one student stands.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        person: the student.

    Returns:
        the attempts, and which one counts.
    """
    those = submissions.of(connection, person, offered.name)
    graded = gradings.of(connection, [one.number for one in those])
    marking = marking_of(connection, offered) if graded else Marking()  # which changes nothing yet
    return standing(person, those, graded, marking, services.settings.counts)


def standing(
    person: Person, those: Iterable[Submission], graded: Mapping[int, Grading], marking: Marking,
    counts: Counting,
) -> Standing:  # fmt: skip
    """Return where a student stands: pure.

    Args:
        person: the student.
        those: the submissions, oldest first.
        graded: gradings by the numbers of submissions.
        marking: what changes computed marks.
        counts: which attempt counts.

    Returns:
        the attempts, and which one counts.
    """
    attempts = tuple(
        Attempt(one, grading, ruled(grading.outline, marking) if grading else None)
        for one in those
        for grading in [graded.get(one.number)]
    )
    return Standing(person, attempts, that_counts(attempts, counts))


def that_counts(attempts: Sequence[Attempt], counts: Counting) -> Attempt | None:
    """Return the attempt that counts: of those with a mark the last or the best, else the last.

    Args:
        attempts: the attempts of one student, oldest first.
        counts: which attempt counts.

    Returns:
        the attempt; None if there is none.
    """
    marked = [one for one in attempts if one.outline and one.outline.points is not None]
    if counts == "best" and marked:
        return max(
            marked, key=lambda one: (one.outline.points if one.outline else 0.0, one.submission.attempt)
        )
    of = marked or attempts
    return of[-1] if of else None


def id_of(person: Person) -> str:
    """Return the id of a student in reports."""
    return safe_id(person.key)


def outline_of(standing: Standing, offered: Offered) -> StoredReport:
    """Return the outline that counts of a student, one without a mark if there is none yet.

    Args:
        standing: the student.
        offered: the assignment.

    Returns:
        the outline.
    """
    if standing.counts and standing.counts.outline:
        return standing.counts.outline
    return StoredReport(
        id=id_of(standing.person),
        file="",
        sha256="",
        status="not_submitted",
        points=None,
        max_points=offered.max_points,
        seconds=0.0,
        notes=(),
        exercises=(),
        student=standing.person.student,
        late=False,
        submitted="",
        listed=standing.person.listed,
    )


def shown(connection: Connection, services: Services, offered: Offered, grading: Grading) -> Report:
    """Return a report as people see it: with comments, repairs, and the marks that count.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        grading: the grading.

    Returns:
        the report.
    """
    report = gradings.report_of(connection, grading, services.catalogue.course_file.hints)
    marked = ruled(report, marking_of(connection, offered))
    return with_comments(marked, marks.comments(connection, offered.name))
