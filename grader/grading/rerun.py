"""Run functions that passed a second time, in a process that differs in all but their code and inputs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from grader.comparison.verdict import Outcome, Verdict
from grader.grading.judge import Attempt, public_first
from grader.models.assignment import Case
from grader.models.execution import Program, Statement
from grader.models.protocol import MOVED


def elsewhere(program: Program) -> Program:
    """Return the same program with its objects at other memory addresses."""
    return dataclasses.replace(program, statements=(Statement(0, 1, MOVED), *program.statements))


def in_another_order(cases: Iterable[Case]) -> list[Case]:
    """Return the cases in reverse order, so that each follows another one; public ones still come first."""
    return public_first(list(cases)[::-1])


def confirmed(
    attempts: Mapping[str, Attempt],
    may_differ: Callable[[str], bool],
    run_again: Callable[[Mapping[str, Attempt]], Mapping[str, Attempt]],
) -> dict[str, Attempt]:
    """Return the attempts, corrected for cases that do not pass a second time.

    If any of those fails, all functions that passed are run again. One that passed in some part is run again
    as one that passed.

    Args:
        attempts: the first attempts, by function.
        may_differ: returns whether a function has to be run again.
        run_again: attempts functions again in another process.

    Returns:
        the attempts; of functions that pass once and fail once, the outcomes are `NOT_DETERMINISTIC`.
    """
    right = {name: attempt for name, attempt in attempts.items() if attempt.earns}
    first = {name: attempt for name, attempt in right.items() if may_differ(name)}
    if not first:
        return dict(attempts)
    known = _twice(first, run_again(first))
    rest = {name: attempt for name, attempt in right.items() if name not in first}
    if rest and any(Verdict.NOT_DETERMINISTIC in attempt.verdicts for attempt in known.values()):
        known |= _twice(rest, run_again(rest))
    return {**attempts, **known}


def _twice(attempts: Mapping[str, Attempt], again: Mapping[str, Attempt]) -> dict[str, Attempt]:
    """Combine attempts with the outcomes of the second time."""
    return {name: _combined(attempts[name], second) for name, second in again.items()}


def _combined(first: Attempt, second: Attempt) -> Attempt:
    """Return an attempt in which a case that passed only once is not deterministic."""
    again = dict(zip((case.id for case in second.cases), second.outcomes, strict=True))
    outcomes = (
        _once_only(again[case.id]) if outcome.verdict is Verdict.PASSED else outcome
        for case, outcome in zip(first.cases, first.outcomes, strict=True)
    )
    return dataclasses.replace(first, outcomes=tuple(outcomes))


def _once_only(again: Outcome) -> Outcome:
    """Return the outcome of a call that was right the first time; `again` is that of the second time."""
    if again.verdict is Verdict.PASSED:
        return again
    return Outcome(
        Verdict.NOT_DETERMINISTIC, "It was right once and wrong the next time, for the same input."
    )
