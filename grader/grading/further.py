"""Further calls of a failing function, made to explain its failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.comparison.verdict import Verdict
from grader.grading.coupled_columns import calls_with, column_changes, mixed_columns
from grader.grading.explain import explaining_attempt, with_more
from grader.grading.judge import Attempt
from grader.grading.minimal_example import small_cases, smallest_fault
from grader.grading.plan import Evidence
from grader.grading.run import Runner
from grader.models.execution import Status
from grader.models.report import Score

ABSENT = frozenset({"NameError", "ImportError", "ModuleNotFoundError"})
"""Exceptions about a missing name or module: a smaller call does not show them better."""


def with_further_calls(runner: Runner, evidence: Evidence, score: Score) -> Score:
    """Return a score with what further calls show of a function that fails as written.

    Args:
        runner: runs the functions of the submission.
        evidence: the results so far.
        score: the score of one function.

    Returns:
        the score, with an example or a hint added where further calls give one.

    Raises:
        SandboxError: the sandbox broke down.
    """
    plan, name = runner.plan, score.name
    attempt = evidence.as_written.get(name)
    explained = score.verdict in (Verdict.PASSED, Verdict.NOT_ATTEMPTED)
    if name in evidence.known or explained or attempt is None:
        return score
    if attempt is not explaining_attempt(plan, evidence, name):
        return score
    exercise, reference = plan.exercises[name], (plan.assignment, runner.sandbox.unmetered)
    shown = _can_be_shown(attempt)
    small = exercise.asked_in(attempt.edition, small_cases(exercise, *reference)) if shown else ()
    unexplained = _wrong_values(attempt) and not score.hint and name not in evidence.isolated
    changes = column_changes(exercise, attempt.edition, *reference) if unexplained else ()
    made = evidence.small.get(name)
    calls = [case.call for case in small if made is None]
    runs = runner.called(name, [*calls, *calls_with(changes)])
    found: list[Mapping[str, Any]] = []
    if shown:
        seen = runs[: len(calls)] if made is None else made
        found.append(smallest_fault(exercise, plan.submission, attempt, small, seen))
    if changes:
        found.append({"hint": mixed_columns(exercise, changes, runs[len(calls) :])})
    return with_more(score, found) if found else score


def _can_be_shown(attempt: Attempt) -> bool:
    """Return whether a smaller call may show the failure better."""
    case, run, _ = attempt.first_failing
    absent = case.public and run.failure is not None and run.failure.exception in ABSENT
    return run.status in (Status.RETURNED, Status.RAISED) and not absent


def _wrong_values(attempt: Attempt) -> bool:
    return attempt.first_failing[2].verdict is Verdict.WRONG_VALUE
