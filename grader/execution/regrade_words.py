"""Say what a regrading changes, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.comparison.verdict import Verdict
from grader.execution.regrade import Change, Difference, Earned
from grader.reports.wording import STATUSES, WORDINGS, neat

COLUMNS = ("submission", "points", "function", "points", "because")


def rows_of(change: Change) -> Iterator[Sequence[str]]:
    """Yield a row for each function that changes a mark, or one if none does."""
    mark = f"{_mark(change.before)} → {_mark(change.after)}"
    for one in change.functions:
        yield change.id, mark, one.function, f"{_points(one.before)} → {_points(one.after)}", _why(one)
    if not change.functions:
        yield change.id, mark, "", "", ""


def _mark(mark: Earned) -> str:
    return STATUSES[mark.status] if mark.points is None else str(neat(mark.points))


def _points(points: float | None) -> str:
    return "–" if points is None else str(neat(points))


def _why(one: Difference) -> str:
    if one.was is one.now:
        return "it counts for more or less"
    return f"{one.case or 'all of it'}: {_verdict(one.was)} → {_verdict(one.now)}"


def _verdict(verdict: Verdict | None) -> str:
    return WORDINGS[verdict].words if verdict else "not there"
