"""Shows a fault on the smallest call that has it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import hints
from grader.comparison.verdict import Outcome, Verdict
from grader.grading.failure_place import Failing
from grader.grading.judge import Attempt, judge
from grader.grading.reference import answers
from grader.grading.small_calls import compact, finite, small_calls, told
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Call, Run, Status
from grader.models.submission import Submission
from grader.sandbox import Sandbox

LONGEST = 240
"""Characters of an example that are still easier to read than the message."""


def smallest_fault(
    exercise: Exercise, submission: Submission, attempt: Attempt, cases: Sequence[Case], runs: Sequence[Run]
) -> dict[str, Any]:
    """What the smallest call on which a function is not right shows: fields of its score.

    Its fault is of the kind that the message is on, in the same part of the answer where some call has it
    there; when none has such a fault, nothing is told: another one would only confuse. Of a failure in a
    hidden case, what the first such call shows of its own is told besides.

    Args:
        exercise: the function, which fails.
        submission: whose function it is.
        attempt: what it did with its cases.
        cases: small calls, with the answers that are expected.
        runs: what it did with those.
    """
    part = submission.parts[exercise.name]
    failing, seen, failed = attempt.first_failing
    kind = _kind(seen, failed, public=failing.public)
    judged = [(case, run, judge(exercise, case, run, part)) for case, run in zip(cases, runs, strict=True)]
    alike = [one for one in judged if _kind(*one[1:], public=failing.public) == kind]
    place = failed.path if failing.public else ""
    there = [one for one in alike if one[2].path == place]
    texts = (_example(exercise, *one) for one in (*there, *alike))
    fields: dict[str, Any] = {"example": next((text for text in texts if len(text) <= LONGEST), "")}
    if alike and not failing.public:
        fields |= _same_fault(exercise, submission, seen, *alike[0])
    return fields


def _same_fault(
    exercise: Exercise, submission: Submission, hidden: Run, case: Case, run: Run, outcome: Outcome
) -> dict[str, Any]:
    """What a small call shows of a failure in a hidden case.

    Of an exception that is its name and its place, if both are those of the hidden case.
    """
    hint = {"hint": hints.hint(outcome, run, case, submission.parts[exercise.name], exercise.results)}
    if run.failure is None or hidden.failure is None:
        return hint
    place, theirs = (Failing(f, exercise.name, submission).place for f in (run.failure, hidden.failure))
    if place is None or (run.failure.exception, place) != (hidden.failure.exception, theirs):
        return {}
    message = f"It raised {run.failure.exception}, in a small call too. (hidden case)"
    return {**hint, "message": message, "cell": place[0], "line": place[1]}


def small_calls_of(exercise: Exercise) -> list[Call]:
    """The small calls that are made after the public cases of a function."""
    return small_calls(exercise.name, [case for case in exercise.cases if case.public])


@functools.lru_cache(maxsize=256)
def small_cases(exercise: Exercise, assignment: Assignment, sandbox: Sandbox) -> tuple[Case, ...]:
    """Small calls that the reference answers with numbers; the same for every submission."""
    calls = small_calls_of(exercise)
    runs = answers(assignment, calls, sandbox)
    return tuple(
        Case(f"small-{i}", True, call, run.value)
        for i, (call, run) in enumerate(zip(calls, runs, strict=True), 1)
        if run.status is Status.RETURNED and finite(run.value)
    )


def _kind(run: Run, outcome: Outcome, *, public: bool) -> tuple[Verdict, Status, str]:
    """What two faults share that are of one kind; what a hidden case raises is never told."""
    raised = run.failure.exception if run.failure and public else ""
    return outcome.verdict, run.status, raised


def _example(exercise: Exercise, case: Case, run: Run, outcome: Outcome) -> str:
    return f"{told(exercise.parameters, case.call.args)}: {_difference(run, outcome)}"


def _difference(run: Run, outcome: Outcome) -> str:
    if run.failure is not None:
        return f"it raises {run.failure}" if run.status is Status.RAISED else "no answer comes back"
    if outcome.expected is None or np.size(outcome.actual) > LONGEST:
        return outcome.message
    return f"{outcome.path} is {compact(outcome.actual)}, expected {compact(outcome.expected)}"
