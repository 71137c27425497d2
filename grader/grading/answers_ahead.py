"""Ask the reference at once what explaining failures may need, before processes are forked that would too."""

from __future__ import annotations

import dataclasses

from grader.grading.coupled_columns import changed_calls
from grader.grading.minimal_example import small_calls_of
from grader.grading.observe import can_be_observed, observing
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Exercise
from grader.models.budget import Budget
from grader.models.execution import Call, Status
from grader.sandbox import Sandbox
from grader.sandbox.fork_server import encode_call
from grader.sandbox.metering import Account

AHEAD = Budget(seconds=0.5)
"""What of this may take longer is asked when a failure needs it."""


def with_answers(assignment: Assignment, sandbox: Sandbox) -> Assignment:
    """Return an assignment that has the reference's runs of further public calls, as far as they are quick.

    Args:
        assignment: the assignment; one that has stored answers is returned as it is.
        sandbox: the sandbox in which the reference runs.

    Returns:
        the assignment; other calls are still made when they are needed.

    Raises:
        SandboxError: the sandbox broke down.
    """
    if assignment.answered is not None:
        return assignment
    alone = assignment.wanted.alone
    asked = [one for one in assignment.tested if one.name not in alone and not one.seconds]  # else it is slow
    calls = [call for exercise in asked for call in _further_calls(exercise)]
    program = program_of(assignment.reference, assignment.wanted)
    runs = zip(calls, sandbox.run(program, calls, Account(AHEAD)), strict=True)
    made = {encode_call(call): run for call, run in runs if run.status is not Status.NOT_RUN}
    return dataclasses.replace(assignment, answered=lambda call: made.get(encode_call(call)))


def _further_calls(exercise: Exercise) -> list[Call]:
    public = [case.call for case in exercise.cases if case.public] if can_be_observed(exercise) else []
    return [*small_calls_of(exercise), *changed_calls(exercise), *map(observing, public)]
