"""Compute the distribution of the marks of a class."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.models.report import Report

STEPS = 10
"""The number of ranges of marks below full marks, which have one of their own."""


@dataclass(frozen=True, slots=True)
class MarkDistribution:
    """The mean and the median in points, and the number of submissions in each range, in percent."""

    mean: float
    median: float
    counts: tuple[int, ...]

    @property
    def ranges(self) -> tuple[str, ...]:
        """Return the name of each range."""
        width = 100 // STEPS
        return (*(f"{start}–{start + width - 1}" for start in range(0, 100, width)), "100")


def distribution(reports: Sequence[Report]) -> MarkDistribution | None:
    """Return the distribution of all submissions with a mark, or None if there are none.

    A mark between two whole percents counts as the lower one, and one beyond full marks as full marks.
    """
    marked = [
        (report.points, report.max_points)
        for report in reports
        if report.points is not None and report.max_points
    ]
    if not marked:
        return None
    points = [earned for earned, _ in marked]
    counts = [0] * (STEPS + 1)
    for earned, most in marked:
        counts[min(STEPS, int(STEPS * earned / most))] += 1
    return MarkDistribution(statistics.fmean(points), statistics.median(points), tuple(counts))
