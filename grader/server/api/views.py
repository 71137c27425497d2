"""Make messages of the interface from what the store has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from grader.models.report import Score
from grader.reports import wording
from grader.reports.sanitize import harmless
from grader.server.api.messages import Offer, Outcome, Part, Receipt, Row, Status
from grader.server.catalogue import Offered
from grader.server.services import Services
from grader.server.standing import Standing, late_policy_of, of_person, shown
from grader.server.store import gradings, queue
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.submissions import Submission

SOONEST = 0.5
"""Seconds after which to look for the feedback of a submission that is next."""
EACH = 0.1
"""Seconds to look later for each one that is before it."""
LATEST = 15.0

_STATUS: dict[str, Status] = {"graded": "graded", "unreadable": "unreadable"}


def offer(connection: Connection, services: Services, offered: Offered, person: Person) -> Offer:
    """Return an assignment as a person meets it.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        person: who asks.

    Returns:
        the message.
    """
    late = late_policy_of(connection, offered)
    due = late.extensions.get(person.key, late.due) if late else None
    return Offer(
        name=offered.name,
        title=offered.title,
        max_points=wording.neat(offered.max_points),
        due=datetime.fromisoformat(due).astimezone(UTC) if due else None,
        attempts=len(of_person(connection, services, offered, person).attempts),
        counts=services.settings.counts,
    )


def receipt(connection: Connection, services: Services, stored: Submission) -> Receipt:
    """Return the receipt of a submission.

    Args:
        connection: a transaction.
        services: the service.
        stored: the submission.

    Returns:
        the message.
    """
    return Receipt(**_received(connection, services, stored, waits=True))


def _received(
    connection: Connection, services: Services, stored: Submission, *, waits: bool
) -> dict[str, Any]:
    before = queue.waiting(connection, stored.number) if waits else 0
    return {
        "id": stored.public,
        "assignment": stored.assignment,
        "attempt": stored.attempt,
        "file": harmless(stored.file),
        "size": stored.size,
        "sha256": stored.sha256,
        "received_at": stored.received_at,
        "address": f"{services.settings.base_url}/submissions/{stored.public}",
        "before": before,
        "retry_after": round(min(SOONEST + EACH * before, LATEST), 1) if waits else 0.0,
    }


def outcome(
    connection: Connection, services: Services, offered: Offered, person: Person, stored: Submission
) -> Outcome:
    """Return what became of a submission, as its student may know it.

    Args:
        connection: a transaction.
        services: the service.
        offered: the assignment.
        person: whose it is.
        stored: the submission.

    Returns:
        the message.
    """
    grading = gradings.of(connection, [stored.number]).get(stored.number)
    counting = of_person(connection, services, offered, person).counts
    counts = counting is not None and counting.submission.number == stored.number
    received = _received(connection, services, stored, waits=grading is None)
    if grading is None:
        return Outcome(
            **received, status="waiting", points=None, max_points=wording.neat(offered.max_points),
            counts=counts, late=False, notes=(), functions=(),
        )  # fmt: skip
    report = shown(connection, services, offered, grading)
    return Outcome(
        **received,
        status=_STATUS.get(report.status, "failed"),
        points=_neat(report.points),
        max_points=wording.neat(report.max_points),
        counts=counts,
        late=report.late,
        notes=tuple(map(harmless, report.notes)),
        functions=tuple(map(_part, report.exercises)),
    )


def _part(score: Score) -> Part:
    return Part(
        name=score.name,
        points=wording.neat(score.points),
        max_points=wording.neat(score.max_points),
        bonus=score.bonus,
        verdict=score.verdict.value,
        message=harmless(wording.explanation(score)),
        place=harmless(wording.place(score)),
        hint=harmless(score.hint),
        example=harmless(score.example),
        comments=tuple(map(harmless, score.comments)),
    )


def row(offered: Offered, one: Standing) -> Row:
    """Return where a student stands, as staff see it.

    Args:
        offered: the assignment.
        one: the student.

    Returns:
        the message.
    """
    attempt = one.counts
    outline = attempt.outline if attempt else None
    waits: Status | None = "waiting" if attempt else None
    return Row(
        student=one.person.key,
        name=one.person.name,
        section=one.person.section,
        attempts=len(one.attempts),
        id=attempt.submission.public if attempt else None,
        attempt=attempt.submission.attempt if attempt else None,
        received_at=attempt.submission.received_at if attempt else None,
        status=_STATUS.get(outline.status, "failed") if outline else waits,
        points=_neat(outline.points) if outline else None,
        max_points=wording.neat(outline.max_points if outline else offered.max_points),
        excused=bool(outline and outline.ruling and outline.ruling.excused),
    )


def _neat(points: float | None) -> float | None:
    return None if points is None else wording.neat(points)
