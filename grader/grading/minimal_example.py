"""Find the smallest call that shows a failure."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from grader import hints
from grader.comparison.verdict import Outcome, Verdict
from grader.grading.failure_place import Failing
from grader.grading.judge import Attempt, accepts_reference, judge_unseen
from grader.grading.reference import answers
from grader.grading.small_calls import small_calls
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.example_text import LONGEST, example_text
from grader.models.execution import Call, Run, Status
from grader.models.submission import Submission
from grader.models.values import finite
from grader.sandbox import Sandbox


def smallest_fault(
    exercise: Exercise, submission: Submission, attempt: Attempt, cases: Sequence[Case], runs: Sequence[Run]
) -> dict[str, Any]:
    """Return what the smallest failing call shows, as fields of a score.

    The call has to fail in the way that the message describes, preferably in the same part of the answer; if
    none does, the example is empty, since another failure would confuse. For a failure in a hidden case, the
    first such call also supplies the hint and, for an exception, message and place.

    Args:
        exercise: the failing function.
        submission: its submission.
        attempt: its attempt at its cases.
        cases: small calls with the expected answers.
        runs: the run of each of those.

    Returns:
        `example`, and for a hidden case possibly `hint`, `message`, `cell` and `line`.
    """
    part = submission.parts[exercise.name]
    failing, seen, failed = attempt.first_failing
    kind = _kind(seen, failed, public=failing.public)
    outcomes = [judge_unseen(exercise, case, run, part) for case, run in zip(cases, runs, strict=True)]
    judged = [(c, r, outcome) for c, r, outcome in zip(cases, runs, outcomes, strict=True) if outcome]
    alike = [one for one in judged if _kind(*one[1:], public=failing.public) == kind]
    place = failed.path if failing.public else ""
    there = [one for one in alike if one[2].path == place]
    texts = (example_text(exercise, *one) for one in (*there, *alike))
    fields: dict[str, Any] = {"example": next((text for text in texts if len(text) <= LONGEST), "")}
    if alike and not failing.public:
        fields |= _same_fault(exercise, submission, seen, *alike[0])
    return fields


def _same_fault(
    exercise: Exercise, submission: Submission, hidden: Run, case: Case, run: Run, outcome: Outcome
) -> dict[str, Any]:
    """Return what a small call shows of a failure in a hidden case.

    An exception is described by its name and place, and only if the hidden case has the same ones.
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
    """Return the small calls that follow the public cases of a function; none without parameters."""
    if not exercise.parameters:
        return []
    return small_calls(exercise.name, [case for case in exercise.cases if case.public])


@functools.lru_cache(maxsize=256)
def small_cases(exercise: Exercise, assignment: Assignment, sandbox: Sandbox) -> tuple[Case, ...]:
    """Return the small calls that the reference answers right, with finite numbers; the same for all.

    Args:
        exercise: the graded function.
        assignment: the assignment of the reference.
        sandbox: the sandbox in which the reference runs.

    Returns:
        public cases.
    """
    calls = small_calls_of(exercise)
    runs = answers(assignment, calls, sandbox)
    cases = (
        Case(f"small-{i}", True, call, run.value)
        for i, (call, run) in enumerate(zip(calls, runs, strict=True), 1)
        if run.status is Status.RETURNED and finite(run.value)
    )
    return tuple(case for case in cases if accepts_reference(exercise, case))


def _kind(run: Run, outcome: Outcome, *, public: bool) -> tuple[Verdict, Status, str]:
    """Return what two failures of one kind have in common; exceptions in hidden cases are not compared."""
    raised = run.failure.exception if run.failure and public else ""
    return outcome.verdict, run.status, raised
