"""Answers of the reference to calls that are made after public ones: `grader check` shows faults on them."""

from __future__ import annotations

from grader.examples import small_calls_of
from grader.mixing import changed_calls
from grader.model import Assignment, Call, Status, Value
from grader.reference import answers
from grader.sandbox import Sandbox


def further_answers(assignment: Assignment, sandbox: Sandbox) -> dict[str, list[tuple[Call, Value]]]:
    """By graded function, the further calls that the reference answers, and its answers."""
    calls = {e.name: [*small_calls_of(e), *changed_calls(e)] for e in assignment.exercises}
    runs = iter(answers(assignment, [call for of_one in calls.values() for call in of_one], sandbox))
    return {
        name: [(c, run.value) for c in of_one if (run := next(runs)).status is Status.RETURNED]
        for name, of_one in calls.items()
    }
