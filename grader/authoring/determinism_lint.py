"""Finds what is not the same each time: test cases that come out otherwise, and answers that do."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from grader.assignments.loader import Definition, load
from grader.comparison.compare import compare
from grader.comparison.verdict import Verdict
from grader.grading.programs import program_of
from grader.models import serialization
from grader.models.assignment import Assignment
from grader.models.execution import Status
from grader.sandbox import Sandbox

SEED = "twice"


def unsteady(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """The functions whose generator or reference does not do the same twice, and how to mend that."""
    yield from _unsteady_generators(definition)
    yield from _unsteady_answers(definition, assignment, sandbox)


def _unsteady_generators(definition: Definition) -> Iterator[str]:
    """The generators whose cases differ when their file is imported again, and the shared state differs."""
    random.seed()
    np.random.seed()  # noqa: NPY002  # the generators that everything shares
    again = load(definition.course, definition.name)
    for exercise in definition.exercises:
        once, twice = (
            [(case, serialization.encode(call.args)) for case, call in one.calls(exercise, SEED)]
            for one in (definition, again)
        )
        if once != twice:
            yield (
                f"{definition.course.testcases(definition.name)}: the test cases of {exercise.name} are "
                f"others each time\n  Draw all of them from the rng that it is given: {exercise.name}(rng)."
            )


def _unsteady_answers(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """The functions that the reference, run in another child, answers otherwise."""
    program = program_of(assignment.reference, assignment.wanted)
    runs = iter(sandbox.run(program, [case.call for e in assignment.exercises for case in e.cases]))
    for exercise in assignment.exercises:
        differing = [
            case.id
            for case, run in zip(exercise.cases, runs, strict=False)
            if run.status is not Status.RETURNED
            or compare(case.expected, run.value, tolerance=exercise.tolerance).verdict is not Verdict.PASSED
        ]
        if differing:
            yield (
                f"{definition.course.solution(definition.name)}: {exercise.name} is not deterministic, its "
                f"answer to {differing[0]} is another in each run\n"
                "  Seed what it draws, as np.random.default_rng(1) does."
            )
