"""What verdicts, points and places are called, in words that a student reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import Report, Score, StoredReport
from grader.reports.sanitize import one_line


@dataclass(frozen=True, slots=True)
class Wording:
    """A verdict for people: a sign and words, which tell without colour, and the tone that colours them."""

    sign: str
    words: str
    tone: str


WORDINGS = {
    Verdict.PASSED: Wording("✓", "passed", "good"),
    Verdict.WRONG_TYPE: Wording("✗", "wrong type", "bad"),
    Verdict.WRONG_STRUCTURE: Wording("✗", "wrong structure", "bad"),
    Verdict.WRONG_SHAPE: Wording("✗", "wrong shape", "bad"),
    Verdict.WRONG_DTYPE: Wording("✗", "wrong dtype", "bad"),
    Verdict.WRONG_VALUE: Wording("✗", "wrong value", "bad"),
    Verdict.CHANGED_INPUT: Wording("✗", "changes its input", "bad"),
    Verdict.NOT_DETERMINISTIC: Wording("✗", "differs from run to run", "bad"),
    Verdict.DID_NOT_RUN: Wording("!", "did not run", "bad"),
    Verdict.NOT_ATTEMPTED: Wording("–", "not written yet", "open"),
}

STATUSES = {
    "graded": "graded",
    "unreadable": "unreadable",
    "failed": "not graded",
    "not_submitted": "not submitted",
}
"""What the status of a submission is called where there is little room."""

NOT_LISTED = "The roster does not say whose it is."
NAMED = 5
"""Submissions that one line names; a table has them all."""


def neat(points: float) -> float:
    """Return points as an int when they are whole, else rounded to four places."""
    rounded = round(points, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def marks(points: float | None, max_points: float) -> str:
    """Return `90 of 100`, or `no mark` when there is none."""
    return "no mark" if points is None else f"{neat(points)} of {neat(max_points)}"


def untold(score: Score) -> bool:
    """Whether nothing is known of a function that needs a wrong one, since no reference is here."""
    return score.cause is not None and score.verdict is not Verdict.PASSED


def explanation(score: Score) -> str:
    """Return why a function has its verdict; of one that is right by itself, which other is at fault."""
    spoiled = score.message.startswith(f"{score.cause}, which it needs, ")
    if score.verdict is Verdict.PASSED and score.cause is not None and not spoiled:
        return f"{score.cause} is wrong; this function is right by itself and loses nothing."
    return score.message


def spared(report: Report) -> dict[str, tuple[str, ...]]:
    """Return the functions that fail only because they use another one, and lose nothing, by that one."""
    by_cause: dict[str, tuple[str, ...]] = {}
    for score in report.exercises:
        if score.cause and score.verdict is Verdict.PASSED:
            by_cause[score.cause] = (*by_cause.get(score.cause, ()), score.name)
    return by_cause


def cause(name: str, verdict: Verdict, count: int) -> str:
    """Return the sentence on a function at fault, and the `count` functions that it brings down."""
    faults = {
        Verdict.NOT_ATTEMPTED: "is not written yet",
        Verdict.PASSED: "passes its own tests and spoils another",
    }
    fault = faults.get(verdict, "is wrong")
    if count == 1:
        return f"{name} {fault}; 1 function that uses it is right by itself and loses nothing."
    return f"{name} {fault}; {count} functions that use it are right by themselves and lose nothing."


def place(score: Score) -> str:
    """Return where a function failed, `cell 12, line 4`, as far as it is known."""
    parts = (("cell", score.cell), ("line", score.line))
    return ", ".join(f"{noun} {number}" for noun, number in parts if number is not None)


def failing_line(score: Score) -> int | None:
    """Return the line that stopped a function; one that returned has none, only a place.

    Nor has one that raised in a hidden case alone: its place is that of its definition.
    """
    stopped = score.status in {Status.RAISED, Status.SYNTAX_ERROR} and score.cell == score.source_cell
    known = score.status is not Status.RAISED or score.line != score.first_line
    return score.line if stopped and known else None


def stranger(report: Report | StoredReport) -> bool:
    """Return whether something was handed in by nobody in the roster of the class."""
    return report.listed is False and report.status != "not_submitted"


def notes(report: Report | StoredReport) -> tuple[str, ...]:
    """Return what an instructor reads beside a mark; `report.notes` are what its student does."""
    return (*report.notes, NOT_LISTED) if stranger(report) else report.notes


def strangers(ids: Sequence[str], roster: str, advice: str) -> str:
    """Return a line on submissions that are of nobody in a roster, and what to do about them."""
    which = "1 submission is" if len(ids) == 1 else f"{len(ids):,} submissions are"
    return one_line(f"{which} of nobody in {roster}: {first_of(ids)}. {advice}")


def first_of(ids: Sequence[str]) -> str:
    """Return the first ids of several, and how many more there are."""
    more = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{', '.join(ids[:NAMED])}{more}"


def summary(report: Report) -> str:
    """Return what became of a submission, in one sentence."""
    if report.status == "unreadable":
        return "This file could not be read, so nothing in it was graded."
    if report.status == "failed":
        return "The grader failed on this file. That is the grader's fault, and it is not a mark."
    if report.status == "not_submitted":
        return "Nothing was handed in."
    passed = sum(score.verdict is Verdict.PASSED for score in report.exercises)
    open_ones = sum(map(untold, report.exercises))
    more = f"; of {open_ones} it cannot be told here yet" if open_ones else ""
    return f"{passed} of {len(report.exercises)} functions passed{more}."
