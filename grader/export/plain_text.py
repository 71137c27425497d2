"""Format feedback as plain text, for systems without feedback pages."""

from __future__ import annotations

from collections.abc import Iterator

from grader.comparison.verdict import Verdict
from grader.models.report import Report, Score
from grader.reports import wording
from grader.reports.sanitize import LIMIT, harmless


def feedback(report: Report) -> str:
    """Return the mark, the result of each function with its reason, and the notes, sanitized."""
    lines = [wording.report_marks(report), overview(report)]
    for score in report.exercises:
        lines += ["", outcome(score), *(f"  {line}" for line in reason(score).splitlines())]
    return "\n".join(lines)


def overview(report: Report, limit: int = LIMIT) -> str:
    """Return the result of a submission as a whole, who changed its mark, and its notes, one line each.

    Args:
        report: the submission.
        limit: the characters of each note that are kept.

    Returns:
        the text.
    """
    lines = (*wording.all_decisions(report), *report.notes)
    return "\n".join([wording.summary(report), *(harmless(line, limit) for line in lines)])


def outcome(score: Score) -> str:
    """Return a function's verdict and points, on one line."""
    marks = wording.score_marks(score)
    return f"{score.name}: {wording.worded(score.verdict, score.message).words}, {marks}"


def reason(score: Score, limit: int = LIMIT) -> str:
    """Return why a function has its verdict.

    Args:
        score: the function's score.
        limit: the characters of each text that are kept.

    Returns:
        the text, sanitized.
    """
    return "\n".join(harmless(text, limit) for text in _reasons(score) if text)


def share(report: Report) -> float | None:
    """Return the points as a number from 0 to 1; None if there is no mark, or nothing that counts."""
    if report.points is None or (report.ruling and not report.max_points):
        return None
    return min(1.0, round(report.points / report.max_points, 6)) if report.max_points else 0.0


def scaled(report: Report) -> float | None:
    """Return the points out of what the whole assignment is out of; None if there is no mark.

    Where functions are excused, a student can earn less; a learning system has one maximum for the class.
    """
    if report.points is None or report.ruling is None or report.max_points == report.ruling.max_points:
        return report.points
    return report.points / report.max_points * report.ruling.max_points if report.max_points else None


def full_points(report: Report) -> float:
    """Return what the whole assignment is out of, whatever is excused."""
    return report.ruling.max_points if report.ruling else report.max_points


def seconds(report: Report) -> float:
    """Return how long the public calls took, in seconds.

    Hidden calls are left out: a function could encode their inputs in the time it takes.
    """
    return sum(case.seconds for score in report.exercises for case in score.cases if case.public)


def _reasons(score: Score) -> Iterator[str]:
    if score.verdict is not Verdict.PASSED:
        yield wording.place(score)
    yield from (f"{one.part}: {wording.marks(one.points, one.max_points)}" for one in score.parts)
    yield wording.explanation(score)
    yield f"Hint: {score.hint}" if score.hint else ""
    yield f"Smallest example: {score.example}" if score.example else ""
    yield from (f"Comment: {comment}" for comment in score.comments)
