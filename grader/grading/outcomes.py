"""What attempts at an exercise come to as scores, before they are explained."""

from __future__ import annotations

from typing import Any

from grader.comparison.verdict import Verdict
from grader.grading.attempts import Attempt
from grader.grading.disclosure import told
from grader.grading.failure_place import Failing
from grader.models.assignment import Exercise
from grader.models.execution import Status
from grader.models.report import CaseResult, Score
from grader.models.submission import Found, State, Submission


def score_of(exercise: Exercise, attempt: Attempt, submission: Submission, *, points: float) -> Score:
    """Return the score of a function that was run, as one that passed."""
    found, name = submission.functions[exercise.name], exercise.name
    cases = tuple(
        CaseResult(
            case.id, case.public, outcome.verdict,
            told(case, run, outcome, Failing(run.failure, name, submission) if run.failure else None),
            run.seconds,
            *((outcome.path, outcome.actual, outcome.expected) if case.public else ()),
        )
        for case, run, outcome in zip(attempt.cases, attempt.runs, attempt.outcomes, strict=True)
    )  # fmt: skip
    return Score(
        name, points, exercise.points, Verdict.PASSED, Status.RETURNED, "as_written", None,
        "", "", found.cell, found.line, cases, **_text(found),
    )  # fmt: skip


def unwritten(exercise: Exercise, found: Found, advice: str) -> Score:
    """Return the score of a function that cannot be run as it stands."""
    if found.state is State.SYNTAX_ERROR:
        verdict, status = Verdict.DID_NOT_RUN, Status.SYNTAX_ERROR
        message = f"Cell {found.cell} does not parse: line {found.problem_line}: {found.problem}."
    else:
        verdict, status = Verdict.NOT_ATTEMPTED, Status.MISSING
        absent = f"There is no function {exercise.name} in the notebook. {found.problem}".strip()
        message = f"{exercise.name} is not written yet." if found.state is State.BLANK else absent
    cases = tuple(CaseResult(case.id, case.public, verdict, message, 0.0) for case in exercise.cases)
    return Score(
        exercise.name, 0, exercise.points, verdict, status, "as_written", None,
        message, advice, found.cell, found.problem_line or found.line, cases, **_text(found),
    )  # fmt: skip


def _text(found: Found) -> dict[str, Any]:
    return {"source": found.source, "source_cell": found.cell, "first_line": found.line or 1}
