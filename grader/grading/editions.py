"""Choose the edition of an assignment that a notebook is graded by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.models.assignment import Assignment
from grader.models.report import Score

Scores = tuple[Score, ...]


def best_edition(
    assignment: Assignment, text: str, scored: Callable[[Assignment], Scores]
) -> tuple[str, Scores]:
    """Grade a notebook by the edition that it is of; where it may be of several, the best counts.

    Args:
        assignment: the current edition, with the earlier ones.
        text: the code of the notebook.
        scored: grades the notebook by an edition.

    Returns:
        the name of the edition, empty for the current one, and the scores. Of equal ones the first counts.
    """
    graded: list[tuple[str, Scores]] = []
    for edition in possible_editions(assignment, text):
        graded.append((edition.edition, scored(edition)))
        if _points(graded[-1][1]) >= assignment.max_points:
            break
    return max(graded, key=lambda one: _points(one[1]))


def possible_editions(assignment: Assignment, text: str) -> Sequence[Assignment]:
    """Return the editions that a notebook may be of.

    Args:
        assignment: the current edition, with the earlier ones.
        text: the code of the notebook.

    Returns:
        those that it certainly is of; if there is none the current one, and then those that it may be of.
    """
    certain = [one.assignment for one in assignment.editions if one.marks.hold_in(text)]
    possible = [one.assignment for one in assignment.editions if one.marks.may_hold_in(text)]
    return certain or [assignment, *possible]


def _points(scores: Scores) -> float:
    return sum(score.points for score in scores)
