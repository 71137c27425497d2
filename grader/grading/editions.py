"""Choose the edition of an assignment that a notebook is graded by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.comparison.verdict import Verdict
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
        if not loses(graded[-1][1]):
            break
    return max(graded, key=lambda one: _points(one[1]))


def possible_editions(assignment: Assignment, text: str) -> Sequence[Assignment]:
    """Return the editions that a notebook may be of.

    Args:
        assignment: the current edition, with the earlier ones.
        text: the code of the notebook.

    Returns:
        those that it certainly is of; if there is none the current one and those that it may be of. Before
        the current one are those that it is marked by: of equally good ones, they explain what is wrong.
    """
    certain = [one.assignment for one in assignment.editions if one.marks.hold_in(text)]
    possible = [one for one in assignment.editions if one.marks.may_hold_in(text)]
    marked = [one.assignment for one in possible if one.marks.marked_by.search(text)]
    others = [one.assignment for one in possible if one.assignment not in marked]
    return certain or [*marked, assignment, *others]


def loses(scores: Scores) -> bool:
    """Return whether a notebook could earn more, a bonus included; a person marks questions."""
    return any(
        score.points < score.max_points for score in scores if score.verdict is not Verdict.TO_BE_MARKED
    )


def _points(scores: Scores) -> float:
    return sum(score.points for score in scores)
