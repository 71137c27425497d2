"""Asks the reference further calls, or looks up what it answered when the assignment was released."""

from __future__ import annotations

from collections.abc import Sequence

from grader.grading.programs import program_of
from grader.models.assignment import Assignment
from grader.models.execution import Call, Run
from grader.sandbox import Sandbox


def answers(assignment: Assignment, calls: Sequence[Call], sandbox: Sandbox) -> Sequence[Run]:
    """What the reference does with calls that are made after public ones, in their order."""
    if assignment.answered is not None:
        return [assignment.answered(call) for call in calls]
    return sandbox.run(program_of(assignment.reference, assignment.wanted), calls)
