"""Format the remarks of an annotated notebook: Markdown in which no student's text is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.models.report import Report, Score
from grader.reports import wording
from grader.reports.sanitize import harmless


def opening(report: Report) -> str:
    """Return the text above a notebook: marks, notes, and remarks on functions that are not in it."""
    parts = [
        f"## Feedback: {wording.report_marks(report)} points",
        wording.summary(report),
        *map(_fenced, wording.all_decisions(report)),
        *(_remark(score) for score in report.exercises if score.source_cell is None),
        *map(_fenced, report.notes),
        "Of a hidden case you see which result is wrong and in which way, and no line, exception or number.",
    ]
    return "\n\n".join(parts)


def remarks(report: Report) -> dict[int, str]:
    """Return the text below each cell with a graded function, by cell number."""
    texts: dict[int, str] = {}
    for score in report.exercises:
        if score.source_cell is not None:
            before = texts.get(score.source_cell)
            texts[score.source_cell] = "\n\n".join(filter(None, (before, _remark(score))))
    return texts


def _remark(score: Score) -> str:
    found = wording.verdict_words(score)
    marks = wording.score_marks(score)
    title = f"**{found.sign} `{score.name}`: {found.words}**, {marks}{' points' * (marks != 'excused')}"
    body = "\n".join(details(score))
    return f"{title}\n\n{_fenced(body)}" if body else title


def details(score: Score) -> Iterator[str]:
    """Yield the lines on a function below its verdict."""
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
    """Return a text as a block of code, with a fence that the text cannot close."""
    shown = harmless(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{shown}\n{fence}"
