"""Further calls of a failing function, made to explain its failure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.comparison.verdict import Verdict
from grader.grading.advice import Look, advice, right_parts
from grader.grading.coupled_columns import calls_with, column_changes, mixed_columns
from grader.grading.explain import explaining_attempt
from grader.grading.judge import Attempt
from grader.grading.minimal_example import Fault, fields_of, small_cases, smallest_fault
from grader.grading.observe import observation_of, observed, observed_reference, worth_observing
from grader.grading.plan import Evidence
from grader.grading.run import Runner
from grader.hints.observation import Observation
from grader.models.execution import Call, Run, Status
from grader.models.report import Score

ABSENT = frozenset({"NameError", "ImportError", "ModuleNotFoundError"})
"""Exceptions about a missing name or module: a smaller call does not show them better."""


def with_further_calls(runner: Runner, evidence: Evidence, score: Score) -> Score:
    """Return a score with the hint about a function that fails, and what further calls show of it.

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
    if attempt is not (explaining := explaining_attempt(plan, evidence, name)):
        hint = advice(plan, evidence, name, explaining) or right_parts(plan, name, explaining)
        return dataclasses.replace(score, hint=hint)
    exercise, reference = plan.exercises[name], (plan.assignment, runner.sandbox.unmetered)
    can_be_shown = _can_be_shown(attempt)
    small = exercise.asked_in(attempt.edition, small_cases(exercise, *reference)) if can_be_shown else ()
    asides = evidence.asides.get(name)
    runs = asides.small if asides else runner.called(name, [case.call for case in small])
    fault = smallest_fault(exercise, plan.submission, attempt, small, runs) if can_be_shown else None
    look = Look(fault, *_observed(runner, name, attempt, fault, asides.observed if asides else {}))
    hint = advice(plan, evidence, name, attempt, look)
    if _wrong_values(attempt) and not hint and name not in evidence.isolated:
        changes = column_changes(exercise, attempt.edition, *reference)
        hint = mixed_columns(exercise, changes, runner.called(name, calls_with(changes)))
    hint = hint or right_parts(plan, name, attempt, look)
    shown = fields_of(exercise, plan.submission, attempt, fault) if fault else {}
    return dataclasses.replace(score, hint=hint, **{field: text for field, text in shown.items() if text})


def _observed(
    runner: Runner, name: str, attempt: Attempt, fault: Fault | None, made: Mapping[Call, Run]
) -> tuple[Observation, Observation | None]:
    """Return what is observed of the call that may be shown, and of the reference's."""
    exercise, reference = runner.plan.exercises[name], runner.plan.assignment
    call = worth_observing(exercise, attempt, fault)
    if call is None:
        return Observation(), None
    run = made.get(call)
    seen = observation_of(run) if run else observed(runner.program_of([name]), call, runner.sandbox)
    return seen, observed_reference(reference, call, runner.sandbox.unmetered)


def _can_be_shown(attempt: Attempt) -> bool:
    """Return whether a smaller call may show the failure better."""
    case, run, _ = attempt.first_failing
    absent = case.public and run.failure is not None and run.failure.exception in ABSENT
    return run.status in (Status.RETURNED, Status.RAISED) and not absent


def _wrong_values(attempt: Attempt) -> bool:
    return attempt.first_failing[2].verdict is Verdict.WRONG_VALUE
