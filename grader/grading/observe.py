"""Observe calls of functions in the sandbox: the submission's, and the reference's of the same call."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

from grader.grading.programs import program_of
from grader.hints.observation import Observation, observation
from grader.models.assignment import Assignment
from grader.models.execution import Call, Driver, Program, Statement, Status
from grader.sandbox import Sandbox, observing


@functools.cache
def _observer() -> Driver:
    return Driver((Statement(0, 1, Path(observing.__file__).read_text(encoding="utf-8")),))


def observed(program: Program, call: Call, sandbox: Sandbox) -> Observation:
    """Return what is observed of one public call.

    Args:
        program: a program that defines the function.
        call: the call.
        sandbox: the sandbox in which it runs.

    Returns:
        the observation; an empty one if the call does not end.
    """
    name = call.function
    sources = [(one.cell, one.line, one.source) for one in program.statements]
    driver = program.drivers[name].statements if name in program.drivers else ()
    args = (name, call.args, sources, [one.source for one in driver])
    observing_it = dataclasses.replace(program, drivers={**program.drivers, name: _observer()})
    (run,) = sandbox.run(observing_it, [dataclasses.replace(call, args=args)])
    return observation(run.value) if run.status is Status.RETURNED else Observation()


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
    return observed(program_of(assignment.reference, assignment.wanted, call.function), call, sandbox)
