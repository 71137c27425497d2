"""Take submissions off the queue, grade them, and keep what comes of it."""

from __future__ import annotations

import dataclasses

from grader.results.codec import pack
from grader.server.queue.graders import Graders
from grader.server.services import Services
from grader.server.store import gradings, people, queue, submissions
from grader.server.store.people import Person
from grader.server.store.queue import Claim
from grader.server.store.submissions import Submission
from grader.submissions import Handed, safe_id


def grade_next(services: Services, graders: Graders, worker: str) -> bool:
    """Grade the oldest submission that nobody works on.

    Args:
        services: the service.
        graders: the graders of this process.
        worker: its name, by which its claim is given back when it dies.

    Returns:
        False if there was nothing to do.

    Raises:
        RefusedError: the database is away; the claim stays, and is given back.
        UsageError: the assignment is at fault.
    """
    with services.database.writing() as connection:
        claim = queue.claim(connection, worker, services.now())
    if claim is None:
        return False
    _grade(services, graders, claim)
    return True


def _grade(services: Services, graders: Graders, claim: Claim) -> None:
    ready = graders.of(claim.assignment)
    with services.database.reading() as connection:
        submission = submissions.with_number(connection, claim.submission)
        person = people.whoever(connection, submission.person)
        content = submissions.content_of(connection, claim.submission)
    handed = handed_in(person, submission)
    report = dataclasses.replace(
        ready.grader.grade_bytes(handed, content),
        student=handed.student,
        submitted=handed.submitted,
        listed=handed.listed,
    )
    with services.database.writing() as connection:
        gradings.keep(
            connection, claim.submission, ready.made_by, ready.grader.header, pack(report), services.now()
        )


def handed_in(person: Person, submission: Submission) -> Handed:
    """Return a submission as a results folder names one.

    Args:
        person: the student.
        submission: the attempt.

    Returns:
        whose it is, what the file is called, and when it came.
    """
    return Handed(
        safe_id(person.key),
        submission.file,
        student=person.student,
        submitted=submission.received_at.isoformat(timespec="seconds"),
        listed=person.listed,
    )
