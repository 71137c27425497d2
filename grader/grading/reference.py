"""The reference's answers: to the test cases of an assignment, and to further calls."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import itertools
from collections.abc import Sequence

from grader.assignments.loader import Definition, unsupported
from grader.errors import AssignmentError
from grader.grading.known_mistakes import known_mistakes
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Case
from grader.models.execution import Call, Run, Status
from grader.sandbox import Sandbox


def prepare(definition: Definition, sandbox: Sandbox, seed: str | None) -> Assignment:
    """Answer every test case of an assignment by running its reference.

    Args:
        definition: the contents of the assignment's files.
        sandbox: the sandbox in which the reference runs, as a submission does.
        seed: the seed of the hidden cases; None for public cases only.

    Returns:
        the assignment, ready to grade.

    Raises:
        AssignmentError: the reference does not answer a case.
        SandboxError: the sandbox broke down.
    """
    asked = [
        (exercise, *entry) for exercise in definition.exercises for entry in definition.calls(exercise, seed)
    ]
    program = program_of(definition.reference, definition.wanted)
    runs = sandbox.run(program, [call for _, _, call in asked])
    cases: dict[str, list[Case]] = {exercise.name: [] for exercise in definition.exercises}
    answered = zip(asked, runs, strict=True)
    for name, of_one in itertools.groupby(answered, key=lambda one: one[0][0].name):
        for (_, case_id, call), run in of_one:
            _check_answer(definition, name, case_id, run)
            cases[name].append(Case(case_id, call.public, call, run.value))
        if all(case.expected is None for case in cases[name]):
            raise AssignmentError(
                f"{definition.course.solution(definition.name)}: {name} returns None in every one of its "
                f"{len(cases[name])} test cases\n  Let it return its result: is `return` missing?"
            )
    return Assignment(
        name=definition.name,
        exercises=tuple(dataclasses.replace(e, cases=tuple(cases[e.name])) for e in definition.exercises),
        wanted=definition.wanted,
        reference=definition.reference,
        sha256=definition.sha256,
        seed_sha256=hashlib.sha256((seed or "").encode()).hexdigest(),
        mistakes=functools.partial(known_mistakes, definition.mistakes_file, definition.mistakes_sha256),
        lot=hashlib.sha256(f"lot\0{seed}".encode()).hexdigest() if seed else "",
    )


def _check_answer(definition: Definition, name: str, case: str, run: Run) -> None:
    """Raise an AssignmentError unless the reference returned a supported value for a test case."""
    place = f"{definition.course.solution(definition.name)}: {name}"
    if run.status is not Status.RETURNED:
        raise AssignmentError(
            f"{place} {run.status.replace('_', ' ')} on its test case {case}: {run.failure}\n"
            "  Mend the reference, or the generator."
        )
    if kind := unsupported(run.value):
        raise AssignmentError(
            f"{place} returns a value of type {kind}\n"
            "  Return numbers, texts, arrays, and lists, tuples and dictionaries of those."
        )


def answers(assignment: Assignment, calls: Sequence[Call], sandbox: Sandbox) -> Sequence[Run]:
    """Return the reference's runs of calls that follow the public ones.

    Args:
        assignment: the assignment of the reference.
        calls: the calls.
        sandbox: the sandbox in which it runs, if its answers are not stored.

    Returns:
        one run for each call, in order.
    """
    if assignment.answered is not None:
        return [assignment.answered(call) for call in calls]
    return sandbox.run(program_of(assignment.reference, assignment.wanted), calls)
