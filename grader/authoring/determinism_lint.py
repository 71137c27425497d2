"""Find generators and references that give other values on a second run, or answers that are refused."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np

from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.comparison.verdict import Outcome, Raises, Verdict
from grader.grading.judge import judge, place_of_judge
from grader.grading.programs import program_of
from grader.models import serialization
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Run, Status
from grader.models.submission import Part
from grader.sandbox import Sandbox

SEED = "twice"


def unsteady(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """Yield a message for each function whose generator or reference is not deterministic, or is refused.

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
    """Yield the functions whose reference answers differ in a second child process, or are not right."""
    for exercise in assignment.tested:
        program = program_of(assignment.reference, assignment.wanted, exercise.name)
        part = assignment.reference.parts[exercise.name]
        runs = sandbox.run(program, [case.call for case in exercise.cases])
        faults = (
            _fault(definition, exercise, case, outcome)
            for case, run in zip(exercise.cases, runs, strict=True)
            if (outcome := judge(exercise, case, run, part)).verdict is not Verdict.PASSED
        )
        yield from itertools.islice(faults, 1)


def _fault(definition: Definition, exercise: Exercise, case: Case, outcome: Outcome) -> str:
    """Return why the reference's second answer to a case is not right, and the remedy."""
    path = definition.course.solution(definition.name)
    if not isinstance(case.expected, Raises):
        again = judge(exercise, case, Run(Status.RETURNED, case.expected), Part(()))
        if exercise.judge is not None and again.verdict is not Verdict.PASSED:
            place = place_of_judge(exercise.judge) or f"{definition.course.testcases(definition.name)}: "
            return (
                f"{place}the judge of {exercise.name} refuses the solution's own answer to {case.id}: "
                f"{again.message}\n  Let it accept the solution's answers, or mend the solution."
            )
    if outcome.verdict is Verdict.CHANGED_INPUT:
        return (
            f"{path}: {exercise.name} has pure=True, and the solution breaks it: {outcome.message}\n"
            "  Let the solution work on a copy, or leave out pure=True."
        )
    return (
        f"{path}: {exercise.name} is not deterministic, its answer to {case.id} is another in each run\n"
        "  Seed what it draws, as np.random.default_rng(1) does."
    )
