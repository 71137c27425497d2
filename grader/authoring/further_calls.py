"""Compute the reference's answers to further public calls, on which `grader check` shows faults."""

from __future__ import annotations

from grader.grading.coupled_columns import changed_calls
from grader.grading.minimal_example import small_calls_of
from grader.grading.reference import answers
from grader.models.assignment import Assignment
from grader.models.execution import Call, Status
from grader.models.values import Value
from grader.sandbox import Sandbox


def further_answers(assignment: Assignment, sandbox: Sandbox) -> dict[str, list[tuple[Call, Value]]]:
    """Return, for each graded function, the further calls that the reference answers and its answers.

    Args:
        assignment: the assignment, with its public cases.
        sandbox: where the reference runs.

    Returns:
        a list of calls with their answers, by function. Calls that raise are left out.
    """
    calls = {e.name: [*small_calls_of(e), *changed_calls(e)] for e in assignment.tested}
    runs = iter(answers(assignment, [call for of_one in calls.values() for call in of_one], sandbox))
    return {
        name: [(c, run.value) for c in of_one if (run := next(runs)).status is Status.RETURNED]
        for name, of_one in calls.items()
    }
