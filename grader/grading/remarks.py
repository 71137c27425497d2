"""Remarks on functions: information that costs no points."""

from __future__ import annotations

from grader.grading.judge import Attempt, changes
from grader.grading.plan import Evidence, Plan, States, counting_attempt, is_wrong, right_by_itself
from grader.grading.programs import merged
from grader.models.assignment import Exercise


def remark_on(plan: Plan, evidence: Evidence, name: str) -> str:
    """Return the remark on a function whose result is settled.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: the graded function.

    Returns:
        the remark, empty if there is none.
    """
    if name in evidence.known:
        return evidence.known[name].score.remark
    if name not in evidence.as_written and not right_by_itself(evidence, name):
        return ""
    exercise, attempt = plan.exercises[name], counting_attempt(evidence, name)
    remarks = [] if exercise.pure or exercise.driver else _changes(plan, evidence, exercise, attempt)
    if attempt.edition is not None:
        remarks.append("judged by the convention of an earlier edition")
    return f"{name}: {'; '.join(remarks)}" if remarks else ""


def states(plan: Plan, evidence: Evidence, name: str) -> States:
    """Return the dependencies of a function that are not simply right.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: the graded function.

    Returns:
        their states; all other dependencies are right.
    """
    others = (used for used in plan.needed[name] if used != name)
    found = ((used, is_wrong(plan, evidence, used), remark_on(plan, evidence, used)) for used in others)
    return tuple(state for state in found if any(state[1:]))


def _changes(plan: Plan, evidence: Evidence, exercise: Exercise, attempt: Attempt) -> list[str]:
    """Return which arguments a function, or a dependency, changes in public calls.

    Hidden calls are left out: the function could encode their inputs in what it changes.
    """
    public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
    changed = {i for run in public for i in run.changed}
    if not changed:
        return []
    by_itself = attempt is evidence.isolated.get(exercise.name)
    own = {exercise.name} if by_itself else {*plan.needed[exercise.name]} & plan.parts.keys()
    sources = [statement.source for statement in merged(plan.parts[n] for n in own)]
    return changes(exercise, changed, sources)
