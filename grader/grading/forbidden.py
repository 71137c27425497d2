"""Take the points of a function that uses what its exercise forbids, and say in which line."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from grader.comparison.verdict import Verdict
from grader.grading.plan import Plan
from grader.models.execution import Statement
from grader.models.report import PartScore, Score
from grader.models.submission import Part
from grader.notebooks.forbidden import uses_of
from grader.notebooks.methods import method_of, methods_called


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
    use = next(uses_of(_written_for(score.name, part), forbid), None) if part else None
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


def _written_for(name: str, part: Part) -> list[Statement]:
    """Return the statements that a graded item is made of; of its class only the methods that it calls."""
    owner, _, method = name.partition(".")
    statements = []
    for statement in part.statements:
        own = _methods(statement, method) if method and f"class {owner}" in statement.source else []
        statements += own or [statement]
    return statements


def _methods(statement: Statement, name: str) -> list[Statement]:
    """Return a method of a class, and those that it calls, as statements at their places."""
    found: dict[str, Statement] = {}
    waiting = [name]
    while waiting:
        called = waiting.pop()
        method = method_of(statement.source, called) if called not in found else None
        if method is not None:
            found[called] = Statement(statement.cell, statement.line + method.line - 1, method.source)
            waiting += methods_called(method.source)
    return sorted(found.values(), key=lambda one: one.place)
