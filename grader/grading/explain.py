"""Explains what functions earned: from what was run of a submission to its scores. Nothing runs here."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any

from grader import hints
from grader.comparison.verdict import Verdict
from grader.grading.answer_fingerprint import signature
from grader.grading.disclosure import told
from grader.grading.failure_place import Failing
from grader.grading.judge import Attempt
from grader.grading.known_mistakes import recognise
from grader.grading.plan import Evidence, Plan, cause_of, counting, right_by_itself, wrong_for
from grader.grading.programs import lendable, sha256_of
from grader.grading.remarks import remark_on
from grader.models.assignment import Case, Exercise
from grader.models.execution import Run, Status
from grader.models.report import CaseResult, Score
from grader.models.submission import Found, State, Submission

CHANGED = re.compile(r"the caller's (\w+(?: and \w+)*)")


def score_of(plan: Plan, evidence: Evidence, name: str) -> Score:
    """The score of a graded function, without what further calls may tell of its fault."""
    if name not in plan.parts:
        return _unwritten(plan, evidence, name)
    if name in evidence.known:
        return evidence.known[name].score
    sha256 = sha256_of(plan.parts[name], plan.assignment.wanted)
    explain = _passed if counting(evidence, name).passed else _failed
    earned = explain(plan, evidence, name)
    return dataclasses.replace(earned, program_sha256=sha256, remark=remark_on(plan, evidence, name))


def telling(plan: Plan, evidence: Evidence, name: str) -> Attempt:
    """The attempt that tells why a function fails: in isolation, where it then does so in another way."""
    written, isolated = evidence.as_written[name], evidence.isolated.get(name)
    if isolated is None or isolated.fails_like(written):
        return written
    returned = isolated.first_failing[1].status is Status.RETURNED
    return isolated if returned or not plan.lent_to(name) else written  # what it raised is not told


def with_more(score: Score, more: Iterable[Mapping[str, Any]]) -> Score:
    """Return a score with what further calls told: of each field the first that says anything."""
    fields: dict[str, Any] = {"hint": score.hint}
    for told_fields in more:
        fields |= {field: value for field, value in told_fields.items() if value and not fields.get(field)}
    return dataclasses.replace(score, **fields)


# ---------------------------------------------------------------- functions that pass


def _passed(plan: Plan, evidence: Evidence, name: str) -> Score:
    """The score of a function that passes: as it was written, or in isolation."""
    exercise = plan.exercises[name]
    score = _judged(exercise, counting(evidence, name), plan.submission, points=exercise.points)
    if not right_by_itself(evidence, name):
        return score
    cause, message = cause_of(plan, evidence, name), "Right by itself."
    if cause:
        message = f"Right by itself; {cause}, which it needs, is not."
    elif cause := evidence.spoilers.get(name):
        how = _spoils(plan, evidence, cause)
        message = f"{cause}, which it needs, {how}; this function is right by itself."
    return dataclasses.replace(score, credited="isolated", cause=cause, message=message)


def _spoils(plan: Plan, evidence: Evidence, cause: str) -> str:
    """How a function that is right may keep another from being so."""
    if changed := CHANGED.findall(remark_on(plan, evidence, cause)):
        return f"changes its {' and '.join(changed)} in place"
    return "passes its own tests but fails here (does it keep something from call to call?)"


# ---------------------------------------------------------------- functions that fail


def _failed(plan: Plan, evidence: Evidence, name: str) -> Score:
    """A score of nothing, explained by the first case that failed."""
    exercise, attempt = plan.exercises[name], telling(plan, evidence, name)
    found = plan.submission.functions[name]
    case, run, outcome = attempt.first_failing
    failing = Failing(run.failure, name, plan.submission) if run.failure and case.public else None
    cell, line = (failing and failing.place) or (found.cell, found.line)
    written, isolated = evidence.as_written[name], evidence.isolated.get(name, attempt)
    lent = attempt is not written and bool(plan.lent_to(name))
    return dataclasses.replace(
        _judged(exercise, written, plan.submission, points=0),
        verdict=outcome.verdict,
        status=run.status,
        message=told(case, run, outcome, failing, beside_loans=lent),
        cause=None if plan.assignment.reference.parts else _mend_first(plan, evidence, name),
        hint=_hint(plan, evidence, name, attempt),
        cell=cell,
        line=line,
        lacks=failing.lacks if failing else "",
        signature=signature(isolated.runs, (case.expected for case in isolated.cases), found),
    )


def _hint(plan: Plan, evidence: Evidence, name: str, attempt: Attempt) -> str:
    """The one thing that is said of a failure, beside what is seen."""
    case, run, outcome = attempt.first_failing
    part, results = plan.parts[name], plan.exercises[name].results
    own = hints.hint(outcome, run, case, part, results) if case.public else ""
    cause = None if run.status is not Status.RETURNED and own else _mend_first(plan, evidence, name)
    first = f"It needs {cause}, which is not right: mend that first." if cause else ""
    return first or own or _known_mistake(plan, name, attempt)


def _mend_first(plan: Plan, evidence: Evidence, name: str) -> str | None:
    """Which wrong function is to be mended before anything is known of one that needs it."""
    own = {*wrong_for(plan, evidence, name)} - lendable(plan.assignment, name)
    return min(own, key=plan.depth, default=None)


def _known_mistake(plan: Plan, name: str, attempt: Attempt) -> str:
    """What is known of the mistake that gives these answers to the public cases."""
    if not attempt.cases[min(attempt.failing)].public:
        return ""  # right answers are no sign of any mistake
    mistakes = [mistake for mistake in plan.assignment.mistakes() if mistake.function == name]
    public = [run for case, run in zip(attempt.cases, attempt.runs, strict=True) if case.public]
    return recognise(mistakes, public)


def _unwritten(plan: Plan, evidence: Evidence, name: str) -> Score:
    """The score of a function that cannot be run as it stands."""
    exercise, found = plan.exercises[name], plan.submission.functions[name]
    if found.state is State.SYNTAX_ERROR:
        verdict, status = Verdict.DID_NOT_RUN, Status.SYNTAX_ERROR
        message = f"Cell {found.cell} does not parse: line {found.problem_line}: {found.problem}."
    else:
        verdict, status = Verdict.NOT_ATTEMPTED, Status.MISSING
        absent = f"There is no function {name} in the notebook. {found.problem}".strip()
        message = f"{name} is not written yet." if found.state is State.BLANK else absent
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
        **_source(found),
    )


def _advice(plan: Plan, evidence: Evidence, name: str) -> str:
    """What a function that does not parse would be worth with its one slip mended."""
    repair = plan.submission.repaired.get(name)
    if repair is None:
        return ""
    return f"{repair.advice}{': then it passes every test' if evidence.repaired[name] else ''}."


# ---------------------------------------------------------------- cases


def _judged(exercise: Exercise, attempt: Attempt, submission: Submission, *, points: float) -> Score:
    """The score of a function that was run, as one that passed."""
    found = submission.functions[exercise.name]
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
        cases=tuple([_case_result(exercise.name, submission, *one) for one in judged]),
        **_source(found),
    )


def _case_result(name: str, submission: Submission, case: Case, run: Run, outcome: Any) -> CaseResult:
    failing = Failing(run.failure, name, submission) if run.failure else None
    return CaseResult(
        id=case.id,
        public=case.public,
        verdict=outcome.verdict,
        message=told(case, run, outcome, failing),
        seconds=run.seconds,
        path=outcome.path if case.public else "",
        actual=outcome.actual if case.public else None,
        expected=outcome.expected if case.public else None,
    )


def _source(found: Found) -> dict[str, Any]:
    return {"source": found.source, "source_cell": found.cell, "first_line": found.line or 1}
