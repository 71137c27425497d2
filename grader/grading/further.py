"""Further calls of a function that fails, and what their runs tell of its fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.comparison.verdict import Verdict
from grader.grading.coupled_columns import calls_with, column_changes, mixed_columns
from grader.grading.explain import telling, with_more
from grader.grading.judge import Attempt
from grader.grading.minimal_example import small_cases, smallest_fault
from grader.grading.plan import Evidence
from grader.grading.run import Runner
from grader.models.execution import Status
from grader.models.report import Score

ABSENT = frozenset({"NameError", "ImportError", "ModuleNotFoundError"})
"""Exceptions for want of something in the notebook or on this machine: no call shows them better."""


def explained(runner: Runner, evidence: Evidence, score: Score) -> Score:
    """The same score, with what further calls tell of a function that fails as it was written.

    Args:
        runner: makes the calls.
        evidence: what is known of all functions.
        score: of one of them.
    """
    plan, name = runner.plan, score.name
    attempt = evidence.as_written.get(name)
    if name in evidence.known or score.verdict is Verdict.PASSED or attempt is None:
        return score
    if attempt is not telling(plan, evidence, name):
        return score
    exercise, reference = plan.exercises[name], (plan.assignment, runner.sandbox.unmetered)
    shown = _can_be_shown(attempt)
    small = exercise.asked_in(attempt.edition, small_cases(exercise, *reference)) if shown else ()
    unexplained = _wrong_values(attempt) and not score.hint and name not in evidence.isolated
    changes = column_changes(exercise, attempt.edition, *reference) if unexplained else ()
    made = evidence.small.get(name)
    calls = [case.call for case in small if made is None]
    runs = runner.called(name, [*calls, *calls_with(changes)])
    told: list[Mapping[str, Any]] = []
    if shown:
        seen = runs[: len(calls)] if made is None else made
        told.append(smallest_fault(exercise, plan.submission, attempt, small, seen))
    if changes:
        told.append({"hint": mixed_columns(exercise, changes, runs[len(calls) :])})
    return with_more(score, told) if told else score


def _can_be_shown(attempt: Attempt) -> bool:
    """Whether a smaller call may show a fault better."""
    case, run, _ = attempt.first_failing
    absent = case.public and run.failure is not None and run.failure.exception in ABSENT
    return run.status in (Status.RETURNED, Status.RAISED) and not absent


def _wrong_values(attempt: Attempt) -> bool:
    return attempt.first_failing[2].verdict is Verdict.WRONG_VALUE
