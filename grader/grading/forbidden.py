"""Take the points of a function that uses what its exercise forbids, and say in which line."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from grader.comparison.verdict import Verdict
from grader.grading.plan import Plan
from grader.models.report import PartScore, Score
from grader.notebooks.forbidden import uses_of


def without_forbidden(plan: Plan, score: Score, forbid: Sequence[str]) -> Score:
    """Return a score, without points if the function or a helper of it uses what is forbidden.

    Args:
        plan: the plan of the submission.
        score: the score of one of its functions.
        forbid: what it may not use.

    Returns:
        the score.
    """
    part = plan.parts.get(score.name)
    use = next(uses_of(part.statements, forbid), None) if part else None
    if use is None:
        return score
    where = f"cell {use.cell}, line {use.line}"
    return dataclasses.replace(
        score,
        points=0,
        parts=tuple(PartScore(one.part, 0, one.max_points) for one in score.parts),
        verdict=Verdict.FORBIDDEN,
        message=f"It uses `{use.what}` ({where}), which this exercise forbids.",
        hint="",
        example="",
        cause=None,
        credited="as_written",
        cell=use.cell,
        line=use.line,
        anywhere=None,
    )
