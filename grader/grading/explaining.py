"""Which further calls are made of a function that fails, and its score with what they tell."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from grader.comparison.verdict import Verdict
from grader.grading.attempts import Attempt
from grader.grading.coupled_columns import mixed_columns
from grader.grading.minimal_example import smallest_fault
from grader.grading.probing import Probe
from grader.models.assignment import Assignment, Exercise
from grader.models.execution import Status
from grader.models.report import Score
from grader.models.submission import Submission
from grader.sandbox import Sandbox

ABSENT = frozenset({"NameError", "ImportError", "ModuleNotFoundError"})
"""Exceptions for want of something in the notebook or on this machine: no call shows them better."""


def probes_of(
    assignment: Assignment,
    exercise: Exercise,
    submission: Submission,
    attempt: Attempt,
    sandbox: Sandbox,
    *,
    unexplained: bool,
) -> list[Probe]:
    """What to ask a function beyond its cases.

    Args:
        assignment: whose reference answers.
        exercise: the function, which fails.
        submission: whose function it is.
        attempt: what it did with its cases.
        sandbox: where the reference runs.
        unexplained: whether nothing is known of why its values are wrong, if they are.
    """
    case, run, outcome = attempt.first_failing
    absent = case.public and run.failure is not None and run.failure.exception in ABSENT
    probes = []
    if run.status in (Status.RETURNED, Status.RAISED) and not absent:
        probes += [smallest_fault(assignment, exercise, submission, attempt, sandbox)]
    if outcome.verdict is Verdict.WRONG_VALUE and unexplained:
        probes += [mixed_columns(assignment, exercise, attempt.edition, sandbox)]
    return probes


def with_more(score: Score, told: Iterable[Mapping[str, Any]]) -> Score:
    """Return a score with what further calls told: of each field the first that says anything."""
    fields: dict[str, Any] = {"hint": score.hint}
    for more in told:
        fields |= {field: value for field, value in more.items() if value and not fields.get(field)}
    return dataclasses.replace(score, **fields)
