"""Asks functions that were right once more, in a process where all that is not theirs is otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from grader.comparison.verdict import Outcome, Verdict
from grader.grading.judge import Attempt, public_first
from grader.models.assignment import Case
from grader.models.execution import Program, Statement

MOVED = Statement(0, 1, "___ = [(object(), [i], {i}, {i: i}, bytes(700 + i)) for i in range(7)]")
"""Takes the places in memory that the objects of a program had when it was run before."""


def elsewhere(program: Program) -> Program:
    """The same program, its objects at other addresses."""
    return dataclasses.replace(program, statements=(MOVED, *program.statements))


def in_another_order(cases: Iterable[Case]) -> list[Case]:
    """The same cases, each with another one before it: the last one first, but public before hidden."""
    return public_first(list(cases)[::-1])


def certain(
    attempts: Mapping[str, Attempt],
    doubtful: Callable[[str], bool],
    ask: Callable[[Mapping[str, Attempt]], Mapping[str, Attempt]],
) -> dict[str, Attempt]:
    """Return `attempts`, but for those that are right and, in another process, are not right again.

    When one is not, all that are right are asked again.

    Args:
        attempts: what graded functions did.
        doubtful: whether a function is asked again.
        ask: from some attempts to those at the same functions in another process.
    """
    right = {name: attempt for name, attempt in attempts.items() if attempt.passed}
    first = {name: attempt for name, attempt in right.items() if doubtful(name)}
    if not first:
        return dict(attempts)
    known = _twice(first, ask(first))
    rest = {name: attempt for name, attempt in right.items() if name not in first}
    if rest and not all(attempt.passed for attempt in known.values()):
        known |= _twice(rest, ask(rest))
    return {**attempts, **known}


def _twice(attempts: Mapping[str, Attempt], again: Mapping[str, Attempt]) -> dict[str, Attempt]:
    """Attempts that were right the first time, each with what it was worth the second time."""
    return {
        name: dataclasses.replace(attempts[name], outcomes=tuple(map(_once_only, second.outcomes)))
        for name, second in again.items()
    }


def _once_only(again: Outcome) -> Outcome:
    """What a call is worth that was right the first time; `again` is what it was worth the second time."""
    if again.verdict is Verdict.PASSED:
        return again
    return Outcome(
        Verdict.NOT_DETERMINISTIC, "It was right once and wrong the next time, for the same input."
    )
