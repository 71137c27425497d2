"""Messages of `grader grade` below its table: on the folder, the seed, and the roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.assignments.course import Course
from grader.assignments.seeds import everybody_knows
from grader.execution.results_merge import Filed
from grader.execution.results_run import roster_in
from grader.models.marking import LatePolicy
from grader.models.report import StoredReport
from grader.reports.sanitize import one_line
from grader.reports.wording import extended_in_words, first_of
from grader.reports.wording import strangers as strangers_in_words
from grader.results.database import read_record
from grader.results.marking import late_policy, pending_in
from grader.results.rulings import of_nobody
from grader.submissions import Handed
from grader.submissions.roster import compared

UNTIMED = (
    "no submission says when it was handed in, so none is late. Downloads of nbgrader and Gradescope say it; "
    "for others take points off by hand: grader adjust"
)


def grown(out: Path, filed: Filed) -> str:
    """Return a line on how a results folder changed; empty if it had nothing before."""
    return f"{out}/: {filed}.\n" if filed.joins else ""


def known_seed(seed: str, course: Course, name: str) -> str:
    """Return a warning that everybody may know a seed, with advice; empty if it is a secret.

    Args:
        seed: what the hidden test cases are drawn from.
        course: the course.
        name: the assignment.

    Returns:
        one line.
    """
    if not everybody_knows(seed):
        return ""
    secret = "" if course.shipped else f", or make a secret: grader release {name} --secret"
    return (
        f"Everybody may know the seed of the hidden test cases, {seed!r}. Name one with --seed TEXT{secret}."
    )


def unlisted(filed: Filed, roster: Path | None, out: Path) -> Iterator[str]:
    """Yield a warning about submissions that are not in the roster.

    Args:
        filed: what a grading did.
        roster: the roster that was named, if any.
        out: the results folder.

    Returns:
        an iterator of lines.
    """
    strangers, statuses = filed.tally.strangers, filed.tally.statuses
    if filed.added and statuses["not_submitted"] and not roster_in(out):
        yield (
            f"{out}/: it was graded with a roster that it does not remember. Name that with --roster and "
            f"grade again, so that nobody is there twice: {first_of(filed.added)}."
        )
    elif strangers and not roster:
        advice = "Name a roster that has all with --roster, and grade again."
        yield strangers_in_words(strangers, f"the roster of {out}/", advice)
    elif 0 < len(strangers) < statuses.total() - statuses["not_submitted"]:  # that of all was said before
        advice = f"Add whom it lacks, or name files by its ids, and grade again with --roster {roster}"
        yield strangers_in_words(strangers, str(roster), f"{advice}.")


def unfinished(out: Path) -> Iterator[str]:
    """Yield what is left to do about a results folder: on due dates, and answers that wait for a person."""
    with read_record(out) as record:
        yield from _late_work(out, late_policy(record.order), [*record.outlines()])
        yield from filter(None, [pending_in(out, record)])


def _late_work(out: Path, policy: LatePolicy | None, reports: Sequence[StoredReport]) -> Iterator[str]:
    """Yield where course.toml does not reach the submissions: extensions for nobody, and unknown times."""
    if extended := of_nobody(policy, reports):
        yield extended_in_words(extended, str(out))
    handed_in = [report for report in reports if report.status != "not_submitted"]
    if policy and handed_in and not any(report.submitted for report in handed_in):
        yield f"{out}/: {UNTIMED}"


def matches_nobody(roster: Path, handed: list[Handed]) -> str:
    """Return the warning that a roster matches nobody, with what was compared.

    Args:
        roster: the file.
        handed: the submissions.

    Returns:
        one line.
    """
    columns = ", ".join(f"{heading} ({cell})" for heading, cell in compared(roster).items())
    first = handed[0]
    theirs = first.student.id if first.student else first.id
    return one_line(
        f"{roster}: it names nobody who handed in. Compared were its columns {columns} "
        f"with what files and folders are called, as {theirs} ({first.file}). "
        "Name the roster of this class, or say how files are named with --names."
    )
