"""Take submissions off the queue, grade them, and keep what comes of it."""

from __future__ import annotations

import dataclasses
import logging

from grader.errors import SandboxError, UsageError
from grader.grading.pipeline import failed
from grader.models.report import Report
from grader.results.codec import pack
from grader.server.queue.graders import Graders, Ready
from grader.server.services import Services
from grader.server.store import events, gradings, people, queue, submissions
from grader.server.store.people import Person
from grader.server.store.queue import Claim
from grader.server.store.submissions import Submission
from grader.submissions import Handed, safe_id

LOG = logging.getLogger(__name__)

DEADLY = 5
"""Workers that may die of a submission; then it is kept without a mark, for a person to look at."""


def grade_next(services: Services, graders: Graders, worker: str) -> bool:
    """Grade the oldest submission that nobody works on and whose assignment can be graded.

    Args:
        services: the service.
        graders: the graders of this process.
        worker: its name, by which its claim is given back when it dies.

    Returns:
        False if there was nothing to do.

    Raises:
        RefusedError: the database is away; the claim is to be given back.
    """
    with services.database.writing() as connection:
        claim = queue.claim(connection, worker, services.now(), graders.at_fault())
    if claim is None:
        return False
    try:
        ready = graders.of(claim.assignment)
    except UsageError as error:
        _put_off(services, worker, claim, str(error))
        return True
    _grade(services, ready, claim)
    return True


def _put_off(services: Services, worker: str, claim: Claim, why: str) -> None:
    """Give a submission back whose assignment is at fault, and say so; it waits until that is mended."""
    with services.database.writing() as connection:
        queue.give_back(connection, worker)
        events.note(connection, services.now(), "cannot grade", assignment=claim.assignment, why=why)
    LOG.warning("%s cannot be graded: %s", claim.assignment, why)


def _grade(services: Services, ready: Ready, claim: Claim) -> None:
    handed, content = work_of(services, claim)
    report = dataclasses.replace(
        _report(ready, claim, handed, content),
        student=handed.student,
        submitted=handed.submitted,
        listed=handed.listed,
    )
    with services.database.writing() as connection:
        gradings.keep(
            connection, claim.submission, ready.made_by, ready.grader.header, pack(report), services.now(),
            claim.regrading,
        )  # fmt: skip


def work_of(services: Services, claim: Claim) -> tuple[Handed, bytes]:
    """Return what was claimed.

    Args:
        services: the service.
        claim: the claim.

    Returns:
        whose the file is, and its bytes.

    Raises:
        RefusedError: the database is away.
    """
    with services.database.reading() as connection:
        submission = submissions.with_number(connection, claim.submission)
        person = people.whoever(connection, submission.person)
        content = submissions.content_of(connection, claim.submission)
    return handed_in(person, submission), content


def _report(ready: Ready, claim: Claim, handed: Handed, content: bytes) -> Report:
    if claim.tries < DEADLY:
        return ready.grader.grade_bytes(handed, content)
    died = SandboxError(f"the process that graded it ended, {claim.tries} times")
    return failed(ready.grader.assignment, handed.id, handed.file, content, died)


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
