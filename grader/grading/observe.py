"""Observe calls of functions in the sandbox: the submission's, and the reference's of the same call."""

from __future__ import annotations

import dataclasses
import functools

from grader.grading.judge import Attempt
from grader.grading.minimal_example import Fault
from grader.grading.reference import answers
from grader.hints.observation import Observation, observation
from grader.models.assignment import Assignment, Exercise
from grader.models.execution import Call, Program, Run, Status
from grader.sandbox import Sandbox


def worth_observing(exercise: Exercise, attempt: Attempt, fault: Fault | None = None) -> Call | None:
    """Return the call that is observed to explain a failure: the first that fails, if it is public.

    Args:
        exercise: the graded function.
        attempt: its attempt.
        fault: a small call that fails like a hidden one.

    Returns:
        the call; None if it did not end, or belongs to no function.
    """
    if attempt.passed or not can_be_observed(exercise):
        return None
    case, run, _ = attempt.first_failing
    if not case.public and fault:
        case, run = fault.case, fault.run
    ended = run.status in (Status.RETURNED, Status.RAISED)
    return case.call if case.public and ended else None


def can_be_observed(exercise: Exercise) -> bool:
    """Return whether calls of an exercise can be observed."""
    return exercise.kind == "function"


def observing(call: Call) -> Call:
    """Return a public call whose answer is what happens in it."""
    return dataclasses.replace(call, observed=True)


def observation_of(run: Run) -> Observation:
    """Return what was observed, by the run of an observed call; nothing if that did not end."""
    return observation(run.value) if run.status is Status.RETURNED else Observation()


def observed(program: Program, call: Call, sandbox: Sandbox) -> Observation:
    """Return what is observed of one public call, in a process of its own.

    Args:
        program: a program that defines the function.
        call: the call.
        sandbox: the sandbox in which it runs.

    Returns:
        the observation; an empty one if the call does not end.
    """
    (run,) = sandbox.run(program, [observing(call)])
    return observation_of(run)


@functools.lru_cache(maxsize=256)
def observed_reference(assignment: Assignment, call: Call, sandbox: Sandbox) -> Observation | None:
    """Return what is observed of the reference's call; None if there is no reference.

    Args:
        assignment: the assignment of the reference.
        call: a public call.
        sandbox: the sandbox in which it runs.

    Returns:
        the observation.
    """
    if call.function not in assignment.reference.parts:
        return None
    (run,) = answers(assignment, [observing(call)], sandbox)
    return observation_of(run)
