"""Turn the evidence about a submission into scores with messages. Runs no code."""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Any

from grader.comparison.verdict import Verdict
from grader.grading.answer_fingerprint import fingerprint
from grader.grading.disclosure import disclosed
from grader.grading.failure_place import Failing
from grader.grading.judge import Attempt
from grader.grading.plan import (
    Evidence,
    Plan,
    cause_of,
    counting_attempt,
    mend_first,
    right_by_itself,
    wrong_for,
)
from grader.grading.programs import sha256_of
from grader.grading.remarks import remark_on
from grader.models.assignment import Case, Exercise
from grader.models.execution import Run, Status
from grader.models.python_source import arguments_source
from grader.models.report import CaseResult, PartScore, Score
from grader.models.submission import Found, State, Submission

OF_KIND = "Its value is judged after you submit."
CHANGED = re.compile(r"the caller's (\w+(?: and \w+)*)")


def score_of(plan: Plan, evidence: Evidence, name: str) -> Score:
    """Return the score of a graded function, without what further calls may add.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: the graded function.

    Returns:
        its score, with message and hint.
    """
    if name not in plan.parts:
        return _unwritten(plan, evidence, name)
    if name in evidence.known:
        return evidence.known[name].score
    explain = _passed if counting_attempt(evidence, name).passed else _failed
    return explain(plan, evidence, name)


def explaining_attempt(plan: Plan, evidence: Evidence, name: str) -> Attempt:
    """Return the attempt that explains a failure: the isolated one if it fails in another way.

    Args:
        plan: the plan of the submission.
        evidence: the results of its runs.
        name: a function that fails.

    Returns:
        one of its attempts.
    """
    written, isolated = evidence.as_written[name], evidence.isolated.get(name)
    if isolated is None or isolated.fails_like(written):
        return written
    returned = isolated.first_failing[1].status is Status.RETURNED
    return isolated if returned or not plan.lent_to(name) else written  # its exception may not be disclosed


def to_be_marked(question: Exercise) -> Score:
    """Return the score of a question that a person marks."""
    return Score(
        name=question.name,
        points=0,
        max_points=question.points,
        verdict=Verdict.TO_BE_MARKED,
        status=Status.NOT_RUN,
        credited="as_written",
        cause=None,
        message="A person marks this.",
        hint="",
        cell=None,
        line=None,
        cases=(),
        bonus=question.bonus,
    )


# ---------------------------------------------------------------- functions that pass


def _passed(plan: Plan, evidence: Evidence, name: str) -> Score:
    """Return the score of a function that passes, as written or in isolation."""
    exercise, attempt = plan.exercises[name], counting_attempt(evidence, name)
    score = _judged(plan, evidence, attempt, name, points=exercise.points)
    if all(case.kind_only for case in attempt.cases):  # no evidence of its value, no points
        return dataclasses.replace(score, points=0, message=OF_KIND)
    if not right_by_itself(evidence, name):
        return score
    cause, message = cause_of(plan, evidence, name), "Right by itself."
    if cause:
        message = _right_but_for(plan.exercises[cause])
    elif cause := evidence.spoilers.get(name):
        how = _spoils(plan, evidence, cause)
        message = f"{cause}, which it needs, {how}; this function is right by itself."
    return dataclasses.replace(score, credited="isolated", cause=cause, message=message)


def _right_but_for(cause: Exercise) -> str:
    """Return the message about what is right beside the reference's version of what it needs."""
    if cause.kind == "variable":
        return f"Right by itself: computed from the right {cause.name}; yours, which it needs, is not."
    return f"Right by itself; {cause.name}, which it needs, is not."


def _spoils(plan: Plan, evidence: Evidence, cause: str) -> str:
    """Return how a function that is right may make a caller fail."""
    if changed := CHANGED.findall(remark_on(plan, evidence, cause)):
        return f"changes its {' and '.join(changed)} in place"
    return "passes its own tests but fails here (does it keep something from call to call?)"


# ---------------------------------------------------------------- functions that fail


def _failed(plan: Plan, evidence: Evidence, name: str) -> Score:
    """Return the score of a function that fails, explained by the first failing case, without a hint."""
    exercise, attempt = plan.exercises[name], explaining_attempt(plan, evidence, name)
    found = plan.submission.functions[name]
    case, run, outcome = attempt.first_failing
    failing = Failing(run.failure, name, plan.submission) if run.failure and case.public else None
    cell, line = (failing and failing.place) or (found.cell, found.line)
    written, isolated = evidence.as_written[name], evidence.isolated.get(name, attempt)
    lent = attempt is not written and bool(plan.lent_to(name))
    earning = max((written, isolated), key=lambda one: exercise.earned(one.passed_by_part))
    return dataclasses.replace(
        _judged(plan, evidence, written, name, points=exercise.earned(earning.passed_by_part)),
        parts=_parts(exercise, earning),
        verdict=outcome.verdict,
        status=run.status,
        message=_beside(plan, evidence, name, lent=lent)
        + disclosed(case, run, outcome, failing, beside_loans=lent),
        cause=None if plan.assignment.reference.parts else mend_first(plan, evidence, name),
        hint="",
        cell=cell,
        line=line,
        lacks=failing.lacks if failing else "",
        signature=fingerprint(isolated.runs, (case.expected for case in isolated.cases), found),
    )


def _beside(plan: Plan, evidence: Evidence, name: str, *, lent: bool) -> str:
    """Return beside what a function was judged, if that is not what the public cases on its page show."""
    wrong = [other for other in wrong_for(plan, evidence, name) if other in plan.lent_to(name)]
    if not lent or not wrong:
        return ""
    return f"With a right {' and a right '.join(wrong)} in place of yours: "


def _unwritten(plan: Plan, evidence: Evidence, name: str) -> Score:
    """Return the score of a function that cannot be run: missing, blank, or in a cell that does not parse."""
    exercise, found = plan.exercises[name], plan.submission.functions[name]
    if found.state is State.SYNTAX_ERROR:
        verdict, status = Verdict.DID_NOT_RUN, Status.SYNTAX_ERROR
        message = f"Cell {found.cell} does not parse: line {found.problem_line}: {found.problem}."
    else:
        verdict, status = Verdict.NOT_ATTEMPTED, Status.MISSING
        absent = f"There is no {exercise.kind} {name} in the notebook. {found.problem}".strip()
        blank = f"{name} is not written yet. {found.problem}".strip()
        message = blank if found.state is State.BLANK else absent
    return Score(
        name=name,
        points=0,
        max_points=exercise.points,
        verdict=verdict,
        status=status,
        credited="as_written",
        cause=None,
        message=message,
        hint=_advice(plan, evidence, name),
        cell=found.cell,
        line=found.problem_line or found.line,
        cases=tuple(
            CaseResult(id=case.id, public=case.public, verdict=verdict, message=message, seconds=0.0)
            for case in exercise.cases
        ),
        parts=tuple(PartScore(part.part, 0, part.points) for part in exercise.parts),
        driver=exercise.driver,
        bonus=exercise.bonus,
        **_source(found),
    )


def _advice(plan: Plan, evidence: Evidence, name: str) -> str:
    """Return how to repair a function that does not parse, and whether it then passes."""
    repair = plan.submission.repaired.get(name)
    if repair is None:
        return ""
    return f"{repair.advice}{': then it passes every test' if evidence.repaired[name] else ''}."


# ---------------------------------------------------------------- cases


def _judged(plan: Plan, evidence: Evidence, attempt: Attempt, name: str, *, points: float) -> Score:
    """Return the score of a function that was run, with the fields of one that passed."""
    exercise, found = plan.exercises[name], plan.submission.functions[name]
    judged = zip(attempt.cases, attempt.runs, attempt.outcomes, strict=True)
    return Score(
        name=exercise.name,
        points=points,
        max_points=exercise.points,
        verdict=Verdict.PASSED,
        status=Status.RETURNED,
        credited="as_written",
        cause=None,
        message="",
        hint="",
        cell=found.cell,
        line=found.line,
        cases=tuple([_case_result(exercise, plan.submission, *one) for one in judged]),
        parts=_parts(exercise, attempt),
        driver=exercise.driver,
        bonus=exercise.bonus,
        program_sha256=sha256_of(plan.parts[name], plan.assignment.wanted),
        remark=remark_on(plan, evidence, name),
        **_source(found),
    )


def _parts(exercise: Exercise, attempt: Attempt) -> tuple[PartScore, ...]:
    passed = attempt.passed_by_part
    asked, lost = {part for part, _ in passed}, {part for part, right in passed if not right}
    return tuple(
        PartScore(one.part, one.points if one.part in asked - lost else 0, one.points)
        for one in exercise.parts
    )


def _case_result(
    exercise: Exercise, submission: Submission, case: Case, run: Run, outcome: Any
) -> CaseResult:
    """Return the result of one case as its student may see it."""
    failing = Failing(run.failure, exercise.name, submission) if run.failure else None
    shown = case.public and outcome.verdict is not Verdict.PASSED
    return CaseResult(
        id=case.id,
        public=case.public,
        verdict=outcome.verdict,
        message=disclosed(case, run, outcome, failing),
        seconds=run.seconds,
        path=outcome.path if case.public else "",
        actual=outcome.actual if case.public else None,
        expected=outcome.expected if case.public else None,
        inputs=_inputs(exercise, case) if shown else "",
    )


@functools.lru_cache(maxsize=1024)  # a class fails the same cases
def _inputs(exercise: Exercise, case: Case) -> str:
    return arguments_source(exercise.parameters, case.call.args)


def _source(found: Found) -> dict[str, Any]:
    return {"source": found.source, "source_cell": found.cell, "first_line": found.line or 1}
