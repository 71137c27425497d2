"""Analyse the items of a class: how hard each function was, and how well it discriminates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.comparison.verdict import Verdict
from grader.models.report import Report, Score, is_pending

Array = NDArray[np.float64]

FEWEST = 3
"""The fewest submissions for a correlation: two always lie on a line."""


@dataclass(frozen=True, slots=True)
class Item:
    """One graded function in a class: the number of submissions by verdict, and its discrimination.

    `discrimination` is None if it is not defined. `parts` has the share of the class that earned each part.
    """

    function: str
    verdicts: Mapping[Verdict, int]
    discrimination: float | None
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        """Return how many passed."""
        return self.verdicts.get(Verdict.PASSED, 0)

    @property
    def fates(self) -> tuple[int, int, int, int]:
        """Return how many passed, were wrong, did not run, and were not written."""
        stopped = self.verdicts.get(Verdict.DID_NOT_RUN, 0)
        blank = self.verdicts.get(Verdict.NOT_ATTEMPTED, 0)
        wrong = sum(self.verdicts.values()) - self.passed - stopped - blank
        return self.passed, wrong, stopped, blank

    @property
    def difficulty(self) -> float:
        """Return the share that passed, from 0 to 1; by convention, the higher, the easier."""
        return self.passed / sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Question:
    """What a person marks: how many answers are marked, and how many wait."""

    name: str
    marked: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The functions of an assignment as items of a test, and Cronbach's alpha if it is defined.

    `questions` are marked by a person, and are no items.
    """

    items: tuple[Item, ...]
    alpha: float | None
    questions: tuple[Question, ...] = ()


def analyse(reports: Sequence[Report]) -> Analysis:
    """Analyse the graded submissions, which all have the same exercises; others are left out."""
    graded = [report.exercises for report in reports if report.status == "graded"]
    columns = list(zip(*graded, strict=True))
    asked = [column for column in columns if column[0].verdict is Verdict.TO_BE_MARKED]
    tested = [column for column in columns if column not in asked]
    points = np.array([[score.points for score in column] for column in tested], float).T  # (students, items)
    items = tuple(
        Item(
            column[0].name,
            Counter(score.verdict for score in column),
            discrimination(points, i),
            _parts(column),
        )
        for i, column in enumerate(tested)
    )
    marked = points[..., [column[0].max_points > 0 for column in tested]] if tested else points
    return Analysis(items, cronbach_alpha(marked), tuple(map(_question, asked)))


def _parts(column: Sequence[Score]) -> dict[str, float]:
    """Return the share of a class that earned each part of a function."""
    earned = [{one.part: one.points == one.max_points for one in score.parts} for score in column]
    return {part: sum(one.get(part, False) for one in earned) / len(earned) for part in earned[0]}


def _question(column: Sequence[Score]) -> Question:
    waiting = sum(map(is_pending, column))
    return Question(column[0].name, len(column) - waiting, waiting)


def discrimination(points: Array, item: int) -> float | None:
    """Return the corrected point-biserial correlation of one item with the total of the others.

    r = cov(x, T - x) / (s_x s_{T-x}), where x is the item and T the total: Henrysson, "Correction of
    item-total correlations in item analysis", Psychometrika 28 (1963). For an item that is earned or not,
    Pearson's correlation is the point-biserial one.

    Args:
        points: the points of each student in each item, (students, items).
        item: the column.

    Returns:
        a number from -1 to 1, or None if the item or the rest is constant, or there are fewer than `FEWEST`
        students or two items.
    """
    if points.ndim != 2 or points.shape[0] < FEWEST or points.shape[1] < 2:
        return None
    own = points[:, item]  # (students,)
    rest = points.sum(axis=1) - own  # (students,)
    if np.ptp(own) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.corrcoef(own, rest)[0, 1])


def cronbach_alpha(points: Array) -> float | None:
    """Return Cronbach's alpha, k / (k - 1) (1 - sum of the items' variances / variance of the total).

    Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).

    Args:
        points: the points of each student in each item, (students, items).

    Returns:
        a number of at most 1, or None if all totals are equal, or there are fewer than `FEWEST` students or
        two items.
    """
    if points.ndim != 2 or points.shape[0] < FEWEST or points.shape[1] < 2:
        return None
    total: Any = points.sum(axis=1).var()
    if total == 0:
        return None
    k = points.shape[1]
    return float(k / (k - 1) * (1 - points.var(axis=0).sum() / total))
