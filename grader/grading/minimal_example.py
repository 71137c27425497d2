"""Find the smallest call that shows a failure."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.comparison.verdict import Outcome, Verdict
from grader.grading.failure_place import Failing, Place
from grader.grading.judge import Attempt, accepts_reference, judge_unseen
from grader.grading.reference import answers
from grader.grading.small_calls import small_calls
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.example_text import LONGEST, example_text
from grader.models.execution import Call, Run, Status
from grader.models.submission import Submission
from grader.models.values import finite
from grader.sandbox import Sandbox


class Fault(NamedTuple):
    """A small call that fails in the way that a message describes."""

    case: Case
    run: Run
    outcome: Outcome
    certain: bool = True  # False if a hidden case raised something else, or elsewhere


def smallest_fault(
    exercise: Exercise, submission: Submission, attempt: Attempt, cases: Sequence[Case], runs: Sequence[Run]
) -> Fault | None:
    """Return the smallest call that fails as the message describes, in the same part of the answer.

    An exception has to come from the same place. Of a failure in a hidden case only the result, and no part
    of it, is compared; an exception there may be another.

    Args:
        exercise: the failing function.
        submission: its submission.
        attempt: its attempt at its cases.
        cases: small calls with the expected answers.
        runs: the run of each of those.

    Returns:
        the fault; None if no small call fails so, since another failure would confuse.
    """
    part = submission.parts[exercise.name]
    failing, seen, failed = attempt.first_failing
    kind = _kind(seen, failed, submission, exercise.name, public=failing.public)
    outcomes = [judge_unseen(exercise, case, run, part) for case, run in zip(cases, runs, strict=True)]
    judged = (Fault(c, r, o) for c, r, o in zip(cases, runs, outcomes, strict=True) if o)
    alike = [
        f for f in judged if _kind(f.run, f.outcome, submission, exercise.name, public=failing.public) == kind
    ]
    short = (fault for fault in alike if len(example_of(exercise, fault)) <= LONGEST)
    found = next(short, alike[0] if alike else None)
    if found and found.run.failure and not failing.public:
        return found._replace(certain=_raised_alike(exercise, submission, seen, found))
    return found


def fields_of(exercise: Exercise, submission: Submission, attempt: Attempt, fault: Fault) -> dict[str, Any]:
    """Return what the smallest failing call shows, as fields of a score.

    Args:
        exercise: the failing function.
        submission: its submission.
        attempt: its attempt at its cases.
        fault: the smallest failing call.

    Returns:
        `example`, and for an exception in a hidden case `message`, `cell` and `line`.
    """
    text = example_of(exercise, fault)
    fields: dict[str, Any] = {"example": text if len(text) <= LONGEST else ""}
    failing, _, _ = attempt.first_failing
    if failing.public or fault.run.failure is None or not fault.certain:
        return fields
    place = Failing(fault.run.failure, exercise.name, submission).place
    if place is None:
        return fields
    message = f"It raised {fault.run.failure.exception}, in a small call too. (hidden case)"
    return {**fields, "message": message, "cell": place[0], "line": place[1]}


def _raised_alike(exercise: Exercise, submission: Submission, hidden: Run, fault: Fault) -> bool:
    """Return whether a small call raised what a hidden case raised, in the same place."""
    if fault.run.failure is None or hidden.failure is None:
        return False
    places = [Failing(f, exercise.name, submission).place for f in (fault.run.failure, hidden.failure)]
    same = fault.run.failure.exception == hidden.failure.exception
    return same and places[0] is not None and places[0] == places[1]


@functools.lru_cache(maxsize=256)
def small_calls_of(exercise: Exercise) -> Sequence[Call]:
    """Return the small calls that follow the public cases of a function; none without parameters."""
    if not exercise.parameters:
        return ()
    return tuple(small_calls(exercise.name, [case for case in exercise.cases if case.public]))


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


def _kind(
    run: Run, outcome: Outcome, submission: Submission, name: str, *, public: bool
) -> tuple[Verdict, Status, str, Place | None, str]:
    """Return what two failures of one kind have in common; of hidden cases, the result and no part of it."""
    if not public:
        return outcome.verdict, run.status, "", None, outcome.path.partition("[")[0]
    raised, place = (
        (run.failure.exception, Failing(run.failure, name, submission).place) if run.failure else ("", None)
    )
    return outcome.verdict, run.status, raised, place, outcome.path


def example_of(exercise: Exercise, fault: Fault) -> str:
    """Return a failing call as lines of text.

    Args:
        exercise: the failing function.
        fault: the call.

    Returns:
        the call, yours and expected.
    """
    return example_text(exercise, fault.case, fault.run, fault.outcome)
