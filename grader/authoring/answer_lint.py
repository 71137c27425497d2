"""Lint expected answers and judges: find what code that computes nothing would earn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.assignments.definition import Definition
from grader.authoring.sign_offs import Remark
from grader.comparison.verdict import Raises, Verdict
from grader.grading.judge import judge
from grader.models import serialization
from grader.models.assignment import Assignment, Case, Exercise
from grader.models.execution import Failure, Run, Status
from grader.models.submission import Part
from grader.models.values import Place, Value, rebuilt


def constant_answers(definition: Definition, assignment: Assignment) -> Iterator[Remark]:
    """Yield exercises, or parts, in which one answer is right in every case, and `raises` without use.

    A variable has only one answer.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.

    Returns:
        an iterator of remarks.
    """
    for exercise in assignment.tested:
        cases = [case for case in exercise.cases if not case.public]
        part = assignment.reference.parts[exercise.name]
        for name in dict.fromkeys(case.part for case in cases if exercise.kind != "variable"):
            own = [case for case in cases if case.part == name]
            if len(own) > 1 and all(_is_right(exercise, case, own[0].expected, part) for case in own):
                of = f" of the part {name!r}" if name else ""
                if isinstance(own[0].expected, Raises):
                    yield Remark(
                        exercise.name,
                        f"every case{of} raises {own[0].expected.exception}",
                        ", so code that always raises it earns the points. Add a case that has an answer.",
                    )
                    continue
                yield Remark(
                    exercise.name,
                    f"every case{of} has the same right answer",
                    ", so code that always gives it earns the points. Let the answers differ.",
                )
        raised = {case.expected.exception for case in cases if isinstance(case.expected, Raises)}
        for exception in definition.declarations[exercise.name].raises:
            if exception not in raised:
                yield Remark(
                    exercise.name,
                    f"no case raises {exception}",
                    ", which `raises` allows. Add a case in which the reference does.",
                )


def lenient_judges(assignment: Assignment) -> Iterator[Remark]:
    """Yield what may be wrong with judges: one accepts every wrong answer, or changes what it is given.

    Args:
        assignment: the assignment, with its test cases answered.

    Returns:
        an iterator of remarks.

    Raises:
        AssignmentError: a judge raises on one of these answers, or does not end.
    """
    for exercise in assignment.tested:
        cases = [c for c in exercise.cases if not c.kind_only and not isinstance(c.expected, Raises)]
        if exercise.judge is None or not cases:
            continue
        part = assignment.reference.parts[exercise.name]
        before = serialization.encode([(case.call.args, case.expected) for case in cases])
        tried = [(case, answer) for case in cases for answer in _wrong(case, cases)]
        accepted = [_is_right(exercise, case, answer, part) for case, answer in tried]
        if all(accepted):
            yield Remark(
                exercise.name,
                "its judge accepts every answer that was tried",
                ": numbers changed, zeros, the answers of other cases. "
                "Let it return a sentence for those that are wrong.",
            )
        if serialization.encode([(case.call.args, case.expected) for case in cases]) != before:
            yield Remark(
                exercise.name,
                "its judge changes the case or the expected answer",
                ", which later submissions get too. Let it work on a copy.",
            )


def _wrong(case: Case, cases: Sequence[Case]) -> Iterator[Value]:
    """Yield answers of the right kind that are hardly right: a judge need not reject each of them."""
    yield rebuilt(case.expected, _moved)
    yield rebuilt(case.expected, _zero)
    yield from (other.expected for other in cases if other is not case)


def _moved(_place: Place, leaf: Value) -> Value:
    if isinstance(leaf, bool | np.bool_):
        return not leaf
    if isinstance(leaf, str):
        return f"{leaf}?"
    if isinstance(leaf, np.ndarray) and leaf.dtype == np.bool_:
        return ~leaf
    if _is_number(leaf):
        with np.errstate(over="ignore"):
            return leaf + 7
    return leaf


def _zero(_place: Place, leaf: Value) -> Value:
    if _is_number(leaf):
        return leaf * 0
    return "" if isinstance(leaf, str) else leaf


def _is_number(leaf: Value) -> bool:
    """Return whether something can be added to a leaf: a number, or an array of numbers."""
    of_numbers = isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biufc"
    return of_numbers or isinstance(leaf, int | float | complex | np.number)


def _is_right(exercise: Exercise, case: Case, answer: Value | Raises, part: Part) -> bool:
    run = Run(Status.RETURNED, answer)
    if isinstance(answer, Raises):
        run = Run(Status.RAISED, failure=Failure(answer.exception, ""))
    return judge(exercise, case, run, part).verdict is Verdict.PASSED
