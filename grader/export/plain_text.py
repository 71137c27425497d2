"""Format feedback as plain text, for systems without feedback pages."""

from __future__ import annotations

from collections.abc import Iterator

from grader.comparison.verdict import Verdict
from grader.models.report import Report, Score
from grader.reports import wording
from grader.reports.sanitize import LIMIT, harmless


def feedback(report: Report) -> str:
    """Return the mark, the result of each function with its reason, and the notes, sanitized."""
    lines = [wording.marks(report.points, report.max_points), overview(report)]
    for score in report.exercises:
        lines += ["", outcome(score), *(f"  {line}" for line in reason(score).splitlines())]
    return "\n".join(lines)


def overview(report: Report, limit: int = LIMIT) -> str:
    """Return the result of a submission as a whole, and its notes, one line each.

    Args:
        report: the submission.
        limit: the characters of each note that are kept.

    Returns:
        the text.
    """
    return "\n".join([wording.summary(report), *(harmless(note, limit) for note in report.notes)])


def outcome(score: Score) -> str:
    """Return a function's verdict and points, on one line."""
    marks = wording.marks(score.points, score.max_points)
    return f"{score.name}: {wording.WORDINGS[score.verdict].words}, {marks}"


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
    """Return the points as a number from 0 to 1; None if there is no mark."""
    if report.points is None:
        return None
    return round(report.points / report.max_points, 6) if report.max_points else 0.0


def seconds(report: Report) -> float:
    """Return how long the public calls took, in seconds.

    Hidden calls are left out: a function could encode their inputs in the time it takes.
    """
    return sum(case.seconds for score in report.exercises for case in score.cases if case.public)


def _reasons(score: Score) -> Iterator[str]:
    if score.verdict is not Verdict.PASSED:
        yield wording.place(score)
    yield wording.explanation(score)
    yield f"Hint: {score.hint}" if score.hint else ""
    yield f"Smallest example: {score.example}" if score.example else ""
    yield from (f"Comment: {comment}" for comment in score.comments)
