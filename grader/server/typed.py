"""What staff type about a mark or a due date, checked as the command line checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from grader.errors import AdjustmentError
from grader.models.marking import Action, Adjustment
from grader.models.report import StoredReport
from grader.results.adjustments import fitting, in_words
from grader.server.store.people import Person


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed about a mark, to show it again."""

    function: str
    action: str
    value: str
    because: str


def adjustment_of(
    typed: Typed, outline: StoredReport, functions: tuple[str, ...], by: Person, at: datetime
) -> Adjustment:
    """Return what was typed as an adjustment.

    Args:
        typed: the form.
        outline: the submission that it is about.
        functions: the graded functions.
        by: who decides.
        at: when.

    Returns:
        the adjustment.

    Raises:
        AdjustmentError: it makes no sense.
    """
    if typed.action not in get_args(Action):
        raise AdjustmentError("It is not said what to do\n  Choose one of the five.")
    action = cast(Action, typed.action)
    value = 0.0 if action in {"excuse", "undo"} else _number(typed.value)
    when = at.isoformat(timespec="seconds")
    made = Adjustment(outline.id, typed.function, action, value, by.called, when, typed.because)
    return fitting(made, outline, functions)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise AdjustmentError(
            f"{text or 'Nothing'} is no number\n  Write the points or the days, as 2.5."
        ) from None


def new_due(text: str, because: str, due: datetime) -> tuple[datetime, str]:
    """Return a new due date, in the zone of the old one, and the reason on one line.

    Args:
        text: the date and time as a form has them, without a zone.
        because: the reason.
        due: the due date of the class.

    Returns:
        the due date and the reason.

    Raises:
        AdjustmentError: they make no sense.
    """
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        raise AdjustmentError(
            f"{text or 'Nothing'} is no date with a time\n  Write it as 2026-11-29T23:59."
        ) from None
    return (until if until.tzinfo else until.replace(tzinfo=due.tzinfo)), in_words(because, "The reason")
