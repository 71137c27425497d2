"""One submission of a class, graded or searched, as it is kept: its report, and its page of feedback."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Generator, Mapping, Sequence
from typing import NamedTuple

from grader.execution.grader import Grader
from grader.models.report import Repair, Report, Standing
from grader.reports.feedback_page import write_feedback
from grader.results.codec import Packed, pack
from grader.results.comments import with_comments
from grader.results.rulings import ruled
from grader.submissions import Handed


class Job(NamedTuple):
    """One file to grade. `graded` is the digest of the file that was graded under its id before, if any.

    `search` has the functions of a graded file for which repairs are searched, instead of grading it.
    """

    handed: Handed
    graded: str = ""
    search: tuple[str, ...] = ()


class Graded(NamedTuple):
    """One graded submission as it is kept: its report, and its page of feedback.

    Scores that came with a report before it in the same batch may be left out of the report. The page is
    empty for who handed in nothing. `again` marks what is worth grading again: a module was missing that may
    be installed. `repairs` are what was found where a job asked to search; then there is no report.
    """

    standing: Standing
    sha256: str
    report: Packed
    page: bytes
    again: bool = False
    repairs: Mapping[str, Repair | None] = {}


NOTHING = Packed(b"", {})
"""What comes of a search, which makes no report."""

GradedStream = Generator[Graded | None, None, None]
"""What is graded, as it comes; whoever stops listening closes it, which ends the work."""


def carry_out(grader: Grader, job: Job) -> Graded | None:
    """Grade the file of a job; return None if it is the file that was graded before.

    Args:
        grader: carries out the order that the job is part of.
        job: the file, and what to do with it.

    Returns:
        the encoded report and the page of feedback, or the repairs.
    """
    data = grader.read(job.handed)
    if isinstance(data, Report):
        return _kept(grader, job.handed, data)
    if job.graded and hashlib.sha256(data).hexdigest() == job.graded:
        return None
    return carry_out_on(grader, job.handed, data, job.search)


def carry_out_on(grader: Grader, handed: Handed, data: bytes, search: Sequence[str] = ()) -> Graded:
    """Grade the bytes of a file that another process read, or search for repairs in it.

    Args:
        grader: carries out the order.
        handed: where the file came from, and its id.
        data: its bytes.
        search: the functions for which repairs are searched, instead of grading.

    Returns:
        the encoded report and the page of feedback, or the repairs.
    """
    if search:
        return Graded("graded", "", NOTHING, b"", repairs=grader.search(handed, data, search))
    return _kept(grader, handed, grader.grade_bytes(handed, data))


def _kept(grader: Grader, handed: Handed, report: Report) -> Graded:
    received = dataclasses.replace(
        report,
        notes=(*report.notes, *handed.notes),
        student=handed.student,
        late=handed.late,
        submitted=handed.submitted,
        listed=handed.listed,
    )
    commented = with_comments(ruled(received, grader.marking), grader.comments)
    page = b"" if handed.absent else write_feedback(grader.header, commented)
    again = any(score.lacks for score in report.exercises)
    return Graded(report.status, report.sha256, pack(received), page, again)
