"""Measure the reference: a time limit has to leave room for slower machines and for other right work."""

from __future__ import annotations

import math
from collections.abc import Iterator

from grader.assignments.definition import Definition
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Exercise
from grader.sandbox import Sandbox

ROOM = 5
"""The least number of times that the reference's time has to fit into the limit."""

USUAL = 2.0
"""The default time limit of a call."""


def tight_limits(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """Yield a message for each exercise whose time limit is below `ROOM` times that of the reference.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference runs.

    Returns:
        an iterator of messages.
    """
    for exercise in assignment.tested:
        limit = exercise.seconds or USUAL
        if ROOM * _seconds(assignment, exercise, sandbox) <= limit:
            continue
        took = _seconds(assignment, exercise, sandbox)  # again: this machine may have been busy
        if ROOM * took > limit:
            path = definition.course.testcases(definition.name)
            decorator = "variable" if exercise.kind == "variable" else "exercise"
            yield (
                f"{exercise.name}: a call of the reference takes {took:.2g} s and may take {limit:g} s, less "
                f"than {ROOM} times as long.\nWrite above its generator in {path}: "
                f"@{decorator}(time={enough(took)})"
            )


def enough(took: float) -> int:
    """Return the seconds that a call may take whose reference takes some."""
    return math.ceil(2 * ROOM * took)


def _seconds(assignment: Assignment, exercise: Exercise, sandbox: Sandbox) -> float:
    """Return the longest time that a call of the reference takes."""
    program = program_of(assignment.reference, assignment.wanted, exercise.name)
    runs = sandbox.run(program, [case.call for case in exercise.cases])
    return max((run.seconds for run in runs), default=0.0)
