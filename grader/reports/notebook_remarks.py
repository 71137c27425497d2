"""What an annotated notebook says between its cells: Markdown in which no text of a student's is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.models.report import Report, Score
from grader.reports import wording
from grader.reports.sanitize import harmless


def opening(report: Report) -> str:
    """Return what stands above a notebook: its marks, its notes, and what it says of functions not in it."""
    parts = [
        f"## Feedback: {wording.marks(report.points, report.max_points)} points",
        wording.summary(report),
        *(_remark(score) for score in report.exercises if score.source_cell is None),
        *map(_fenced, report.notes),
        "Hidden cases tell only whether they passed.",
    ]
    return "\n\n".join(parts)


def remarks(report: Report) -> dict[int, str]:
    """Return what is said behind cells, by their numbers: each graded function where it stands."""
    said: dict[int, str] = {}
    for score in report.exercises:
        if score.source_cell is not None:
            before = said.get(score.source_cell)
            said[score.source_cell] = "\n\n".join(filter(None, (before, _remark(score))))
    return said


def _remark(score: Score) -> str:
    found = wording.WORDINGS[score.verdict]
    marks = wording.marks(score.points, score.max_points)
    title = f"**{found.sign} `{score.name}`: {found.words}**, {marks} points"
    said = "\n".join(details(score))
    return f"{title}\n\n{_fenced(said)}" if said else title


def details(score: Score) -> Iterator[str]:
    """Return what is said of a function below its verdict."""
    if explanation := wording.explanation(score):
        yield explanation
    if (line := wording.failing_line(score)) is not None:
        yield f"It fails in line {line} of this cell."
    if score.hint:
        yield f"Hint: {score.hint}"
    if score.example:
        yield f"Smallest example: {score.example}"
    yield from (f"From your instructor: {comment}" for comment in score.comments)


def _fenced(text: str) -> str:
    """A text as a block of code, which nothing in it can end."""
    shown = harmless(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{shown}\n{fence}"
