"""Say what of a class needs a person, with what can be done about it on these pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from grader.reports.class_report import attention
from grader.reports.class_report.attention import Concern
from grader.server.pages.roll import Roll
from grader.server.standing import outline_of

ADVICE = {
    attention.UNREADABLE.rank: "They were told why, and can hand in again.",
    attention.FAILED.rank: "It is no mark. Regrade the class; what fails again is worth a report.",
    attention.QUESTION: "It counts nothing yet. Open each, and say how many points it earns.",
    attention.NOT_APPLIED.rank: "Open each, and adjust the mark of the whole submission instead.",
    attention.NOT_SUBMITTED.rank: "The due date has passed. Open one to extend it.",
}
"""What to do here, by the rank of the matter; of others the report on a class says it."""


def concerns_of(roll: Roll, now: datetime) -> tuple[Concern, ...]:
    """Return what of a class waits for a person, the most pressing first.

    Who handed in nothing is no concern before work is due.

    Args:
        roll: the class.
        now: the present.

    Returns:
        the concerns.
    """
    due = roll.due
    outlines = [
        outline_of(one, roll.offered) for one in roll.standings if one.attempts or (due and due < now)
    ]
    graded = [one for one in outlines if one.status != "not_submitted" or (due and due < now)]
    return tuple(_here(concern) for concern in attention.concerns(graded))


def _here(concern: Concern) -> Concern:
    matter = concern.matter
    return replace(concern, matter=matter._replace(advice=ADVICE.get(matter.rank, matter.advice)))
