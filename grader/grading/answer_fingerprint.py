"""A digest of wrong answers, equal for equal ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from grader.grading.known_mistakes import signature as answers_of
from grader.models.execution import Run, Status
from grader.models.report import Score
from grader.models.submission import Found
from grader.models.values import Value

BITS = 20
"""Binary digits that are kept of a number: six decimal ones."""

NOISE = 2.0**-40
"""Of the largest number of an answer and the expected one: what is smaller is a zero, wrongly rounded."""


def signature(runs: Iterable[Run], expected: Iterable[Value], found: Found) -> str:
    """Return the digest of what a function did with all its cases, or nothing when no call came to an end.

    Of numbers, `BITS` binary digits count, so that processors agree that round differently; -0.0 is 0.0.
    Of an exception count its type and its line, from where the function begins.

    Args:
        runs: one for each case.
        expected: the expected answer to each case.
        found: where the function stands.
    """
    runs = tuple(runs)
    if not any(map(_ended, runs)):
        return ""
    digest = hashlib.sha256()
    for piece in _pieces(runs, expected, found):
        digest.update(len(piece).to_bytes(8, "little") + piece)
    return digest.hexdigest()


def _ended(run: Run) -> bool:
    """Whether a call gave an answer, or raised what a function that is not written yet does not."""
    unwritten = run.failure is not None and run.failure.exception == "NotImplementedError"
    return run.status in (Status.RETURNED, Status.RAISED) and not unwritten


def _pieces(runs: Iterable[Run], expected: Iterable[Value], found: Found) -> Iterator[bytes]:
    for run, wanted in zip(runs, expected, strict=True):
        structure, numbers = answers_of([run])
        _, right = answers_of([Run(Status.RETURNED, wanted)])
        yield structure.encode("utf-8", "replace")
        yield _rounded(numbers, max(_largest(numbers), _largest(right))).tobytes()
        if run.status is Status.RAISED and run.failure:
            own = [line for cell, line in run.failure.places[-1:] if cell == found.cell]
            line = own[0] - (found.line or 0) if own else None
            yield f"{run.failure.exception} {line}".encode("utf-8", "replace")


def _rounded(numbers: np.ndarray, largest: float) -> np.ndarray:
    """The same numbers (n,) with fewer digits, each with one pattern of bits."""
    with np.errstate(all="ignore"):
        quiet = np.abs(numbers) < NOISE * largest
        mantissa, exponent = np.frexp(np.where(quiet, 0.0, numbers))
        rounded = np.ldexp(np.rint(np.ldexp(mantissa, BITS)), exponent - BITS) + 0.0  # -0.0 + 0.0 is 0.0
    return np.asarray(np.where(np.isnan(rounded), np.nan, rounded))  # NaN has many patterns


def _largest(numbers: np.ndarray) -> float:
    """The largest magnitude of those that are finite."""
    finite: Any = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max(initial=0))


DIGITS = 6
"""Of a signature, in the name of a group: two groups of a function share them once in 16 million."""


def group_of(score: Score) -> str | None:
    """Return what the group of a score is called, `linear_forward-3f2a1b`, None if it has none."""
    return f"{score.name}-{score.signature[:DIGITS]}" if score.signature else None
