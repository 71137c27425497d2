"""Remarks on functions: what is worth knowing of one and costs nothing."""

from __future__ import annotations

from grader.grading.judge import Attempt, changes
from grader.grading.plan import Evidence, Plan, States, counting, is_wrong, right_by_itself
from grader.grading.programs import merged
from grader.models.assignment import Exercise


def remark_on(plan: Plan, evidence: Evidence, name: str) -> str:
    """The remark on a function that is settled; empty if there is none."""
    if name in evidence.known:
        return evidence.known[name].score.remark
    if name not in evidence.as_written and not right_by_itself(evidence, name):
        return ""
    exercise, attempt = plan.exercises[name], counting(evidence, name)
    remarks = [] if exercise.pure else _changes(plan, evidence, exercise, attempt)
    if attempt.edition is not None:
        remarks.append("judged by the convention of an earlier edition")
    return f"{name}: {'; '.join(remarks)}" if remarks else ""


def states(plan: Plan, evidence: Evidence, name: str) -> States:
    """Those that a function needs and that are not simply right; others are taken to be right."""
    others = (used for used in plan.needed[name] if used != name)
    found = ((used, is_wrong(plan, evidence, used), remark_on(plan, evidence, used)) for used in others)
    return tuple(state for state in found if any(state[1:]))


def _changes(plan: Plan, evidence: Evidence, exercise: Exercise, attempt: Attempt) -> list[str]:
    """Which of its arguments a function, or one that it calls, changes in public calls.

    In hidden ones it could choose by them.
    """
    public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
    changed = {i for run in public for i in run.changed}
    if not changed:
        return []
    by_itself = attempt is evidence.isolated.get(exercise.name)
    own = {exercise.name} if by_itself else {*plan.needed[exercise.name]} & plan.parts.keys()
    sources = [statement.source for statement in merged(plan.parts[n] for n in own)]
    return changes(exercise, changed, sources)
