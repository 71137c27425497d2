"""How the marks of a class are distributed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.models.report import Report

STEPS = 10
"""Ranges of marks below full marks, which have one of their own."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The mean and the median in points, and how many submissions are in each range, in percent."""

    mean: float
    median: float
    counts: tuple[int, ...]

    @property
    def ranges(self) -> tuple[str, ...]:
        """What each range is called."""
        width = 100 // STEPS
        return (*(f"{start}–{start + width - 1}" for start in range(0, 100, width)), "100")


def distribution(reports: Sequence[Report]) -> Marks | None:
    """Return the distribution of all submissions that have a mark, None when none has.

    A mark between two whole percents counts as the lower one.
    """
    points = [report.points for report in reports if report.points is not None]
    if not points:
        return None
    counts = [0] * (STEPS + 1)
    for report in reports:
        if report.points is not None:
            counts[int(STEPS * report.points / report.max_points)] += 1
    return Marks(statistics.fmean(points), statistics.median(points), tuple(counts))
