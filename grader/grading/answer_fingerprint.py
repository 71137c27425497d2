"""A digest of wrong answers, equal for equal answers; groups submissions that make the same mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from grader.grading.known_mistakes import signature
from grader.models.execution import Run, Status
from grader.models.report import Score
from grader.models.submission import Found
from grader.models.values import Value

BITS = 20
"""Significant bits kept of each number, about six decimal digits."""

NOISE = 2.0**-40
"""Numbers below this fraction of the largest magnitude (answer or expected answer) count as rounded zeros."""


def fingerprint(runs: Iterable[Run], expected: Iterable[Value], found: Found) -> str:
    """Return a digest of what a function did on all its cases, or "" if no call returned or raised.

    Numbers count to `BITS` significant bits, so that processors which round differently agree; -0.0 is 0.0.
    An exception counts by its type and its line, relative to the first line of the function.

    Args:
        runs: one run per case.
        expected: the expected answer to each case.
        found: the position of the function in its notebook.

    Returns:
        a SHA-256 digest in hexadecimal, or "".
    """
    runs = tuple(runs)
    if not any(map(_ended, runs)):
        return ""
    digest = hashlib.sha256()
    for piece in _pieces(runs, expected, found):
        digest.update(len(piece).to_bytes(8, "little") + piece)
    return digest.hexdigest()


def _ended(run: Run) -> bool:
    """Return True if a call returned, or raised anything but an unwritten function's NotImplementedError."""
    unwritten = run.failure is not None and run.failure.exception == "NotImplementedError"
    return run.status in (Status.RETURNED, Status.RAISED) and not unwritten


def _pieces(runs: Iterable[Run], expected: Iterable[Value], found: Found) -> Iterator[bytes]:
    """Yield the bytes to digest: of each run its structure, rounded numbers, and exception if any."""
    for run, wanted in zip(runs, expected, strict=True):
        structure, numbers = signature([run])
        _, right = signature([Run(Status.RETURNED, wanted)])
        yield structure.encode("utf-8", "replace")
        yield _rounded(numbers, max(_largest(numbers), _largest(right))).tobytes()
        if run.status is Status.RAISED and run.failure:
            own = [line for cell, line in run.failure.places[-1:] if cell == found.cell]
            line = own[0] - (found.line or 0) if own else None
            yield f"{run.failure.exception} {line}".encode("utf-8", "replace")


def _rounded(numbers: np.ndarray, largest: float) -> np.ndarray:
    """Return numbers (n,) rounded to `BITS` bits, with one bit pattern for each value."""
    with np.errstate(all="ignore"):
        quiet = np.abs(numbers) < NOISE * largest
        mantissa, exponent = np.frexp(np.where(quiet, 0.0, numbers))
        rounded = np.ldexp(np.rint(np.ldexp(mantissa, BITS)), exponent - BITS) + 0.0  # -0.0 + 0.0 is 0.0
    return np.asarray(np.where(np.isnan(rounded), np.nan, rounded))  # NaN has many patterns


def _largest(numbers: np.ndarray) -> float:
    """Return the largest finite magnitude, 0 if there is none."""
    finite: Any = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max(initial=0))


DIGITS = 6
"""Hexadecimal digits of a digest in a group's name; two groups collide once in 16 million."""


def groups_of(score: Score) -> tuple[str, ...]:
    """Return the names of a score's groups, such as `linear_forward-3f2a1b`, the one that is shown first.

    They are the group of all who need the same edit, if it is known, and that of all who give the same wrong
    answers. A comment on either is for its members, so one that was made before the edit was known stays.
    """
    edit = score.repair.edit if score.repair else ""
    digest = hashlib.sha256(edit.encode("utf-8", "replace")).hexdigest() if edit else ""
    return tuple(f"{score.name}-{found[:DIGITS]}" for found in (digest, score.signature) if found)
