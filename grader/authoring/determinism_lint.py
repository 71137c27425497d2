"""Find generators and reference functions that give other values on a second run."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.comparison.verdict import Verdict
from grader.grading.judge import judge
from grader.grading.programs import program_of
from grader.models import serialization
from grader.models.assignment import Assignment
from grader.sandbox import Sandbox

SEED = "twice"


def unsteady(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """Yield a message for each function whose generator or reference is not deterministic.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where the reference is run again.

    Returns:
        an iterator of messages, each with its remedy.
    """
    yield from _unsteady_generators(definition)
    yield from _unsteady_answers(definition, assignment, sandbox)


def _unsteady_generators(definition: Definition) -> Iterator[str]:
    """Yield the generators whose cases differ after a second import, with global generators reseeded."""
    random.seed()
    np.random.seed()  # noqa: NPY002  # NumPy's global generator
    again = load(definition.course, definition.name)
    for exercise in definition.exercises:
        once, twice = (
            [(case, serialization.encode(call.args)) for case, call, _ in one.calls(exercise, SEED)]
            for one in (definition, again)
        )
        if once != twice:
            yield (
                f"{definition.course.testcases(definition.name)}: the test cases of {exercise.name} are "
                f"others each time\n  Draw all of them from the rng that it is given: {exercise.name}(rng)."
            )


def _unsteady_answers(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """Yield the functions whose reference answers differ in a second child process."""
    for exercise in assignment.tested:
        program = program_of(assignment.reference, assignment.wanted, exercise.name)
        part = assignment.reference.parts[exercise.name]
        runs = sandbox.run(program, [case.call for case in exercise.cases])
        differing = [
            case.id
            for case, run in zip(exercise.cases, runs, strict=True)
            if judge(exercise, case, run, part).verdict is not Verdict.PASSED
        ]
        if differing:
            yield (
                f"{definition.course.solution(definition.name)}: {exercise.name} is not deterministic, its "
                f"answer to {differing[0]} is another in each run\n"
                "  Seed what it draws, as np.random.default_rng(1) does."
            )
