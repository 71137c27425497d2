"""Hints about elements: what the wrong numbers of an array have in common."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.comparison.kinds import count
from grader.hints.evidence import FEW, Evidence, close, distinct, distinctive, fitting, numbers

SEVERAL = 6
"""This many random numbers have both signs."""

TERMS = {
    -1: "missing from the sum",
    -2: "subtracted where it should be added",
    1: "added once too often",
    2: "added where it should be subtracted",
}


def not_finite(evidence: Evidence) -> str:
    """Detect NaN and infinities, and name the operations that produce them."""
    expected, actual = fitting(evidence.spot)
    if actual is None or not np.isfinite(expected).all() or np.isfinite(actual).all():
        return ""
    if np.isnan(actual).any():
        return "NaN comes from 0/0, from infinity minus infinity, or from a logarithm or root below 0."
    return "An infinite number comes from a division by 0, from log(0), or from a number that is too large."


def whole_numbers(evidence: Evidence) -> str:
    """Detect integers or booleans where fractions are expected."""
    kind = getattr(getattr(evidence.spot.actual, "dtype", None), "kind", "")
    expected = numbers(evidence.spot.expected)
    if expected is None or np.asarray(evidence.spot.expected).dtype.kind != "f":
        return ""
    if kind in {"i", "u"} and np.ndim(evidence.spot.actual):
        if np.array_equal(evidence.spot.actual, np.round(expected)):
            return rounded(evidence) or _whole_type(evidence)
        return (
            _whole_type(evidence)
            or "An array of whole numbers cuts off the fractions of what is stored in it."
        )
    return "A comparison such as `>` gives truth values, not numbers." if kind == "b" else ""


def _whole_type(evidence: Evidence) -> str:
    """Return which call of the function makes whole numbers, if one says so."""
    for call in evidence.named.calls(
        "zeros", "ones", "full", "empty", "array", "asarray", "astype", "zeros_like"
    ):
        text = ast.unparse(call)
        if re.search(r"\b(int|int8|int16|int32|int64|uint8)\b", text):
            return f"`{text[:80]}` makes whole numbers: `float`, or no type at all, makes float64."
    return ""


def term(evidence: Evidence) -> str:
    """Detect a difference that is a multiple of an input: a term is missing or has the wrong sign."""
    expected, actual = fitting(evidence.spot)
    if actual is None or actual.ndim == 0 or not (evidence.small or distinctive(actual - expected)):
        return ""
    found = set()
    for given in evidence.inputs():
        addend = numbers(given.expected)
        if addend is not None and addend.ndim and _broadcasts(addend, expected):
            name = evidence.input_called(given) or f"An input of shape {addend.shape}"
            found |= {
                f"{name} is {TERMS[times]}." for times in TERMS if close(actual - expected, times * addend)
            }
    return found.pop() if len(found) == 1 or (found and evidence.small) else ""


def all_equal(evidence: Evidence) -> str:
    """Detect an array whose elements are all equal."""
    expected, actual = fitting(evidence.spot)
    if actual is None or actual.ndim == 0 or actual.size == 0 or distinct(actual) > 1:
        return ""
    if evidence.small:
        return "All its elements are equal."
    value = float(actual.flat[0])
    if distinct(expected) >= FEW or (expected.size and not expected.any() and value == 1):
        return f"All its elements are {value:g}." if value in {0, 1} else "All its elements are equal."
    return ""


def rounded(evidence: Evidence) -> str:
    """Detect numbers that are rounded or cut off, in all public cases alike."""
    expected, actual = fitting(evidence.spot)
    if actual is None or not distinctive(expected) or not actual.any() or not np.isfinite(actual).all():
        return ""
    pairs = [(expected, actual), *(fitting(other.spot) for other in evidence.elsewhere)]
    if any(e is None or not np.isfinite(e).all() for e, _ in pairs):
        return ""
    for decimals in range(7):
        scale = 10.0**decimals
        cut = all(np.array_equal(a, np.trunc(e * scale) / scale) for e, a in pairs)
        places = count(decimals, "decimal")
        if all(np.array_equal(a, np.round(e, decimals)) for e, a in pairs):
            return f"It has {places}; the others are lost." if cut else f"It is rounded to {places}."
        if cut:
            return f"It is cut off after {places}, not rounded."
    with np.errstate(over="ignore"):
        half = all(np.array_equal(a, e.astype(np.float16).astype(np.float64)) for e, a in pairs)
    return "It has the few digits of float16." if half else ""


def signs(evidence: Evidence) -> str:
    """Detect numbers of the right magnitudes with wrong signs."""
    expected, actual = fitting(evidence.spot)
    enough = evidence.small or (distinctive(expected) and np.count_nonzero(expected) > 1)
    if actual is not None and enough and close(np.abs(actual), np.abs(expected)):
        return "Every number is right but for its sign, and some signs are wrong."
    return ""


def offset(evidence: Evidence) -> str:
    """Detect that all elements, or those of each row or column, are off by one amount."""
    expected, actual = fitting(evidence.spot)
    if actual is None or not np.isfinite(actual).all() or (actual.size < FEW and not evidence.small):
        return ""
    off = actual - expected
    scale = max(np.abs(actual).max(), np.abs(expected).max())
    if np.ptp(off) <= 1e-9 * scale:
        return "Every element is off by the same amount."
    for axis, lines in ((1, "row"), (0, "column")):
        if off.ndim == 2 and min(off.shape) > 1 and np.ptp(off, axis=axis).max() <= 1e-9 * scale:
            return f"All elements of a {lines} are off by the same amount."
    return ""


def permuted(evidence: Evidence) -> str:
    """Detect right rows or columns in another order."""
    expected, actual = fitting(evidence.spot)
    if actual is None or actual.ndim != 2 or not (evidence.small or distinctive(expected)):
        return ""
    for e, a, lines in ((expected, actual, "rows"), (expected.T, actual.T, "columns")):
        if 1 < len(e) <= 100 and close(a[::-1], e):
            return f"Its {lines} are in reverse order."
        if 1 < len(e) <= 100 and _is_permuted(e, a):
            return f"Its {lines} are right, but in another order."
    return ""


def wrong_at_zeros(evidence: Evidence) -> str:
    """Detect that exactly the expected zeros are wrong."""
    wrong, expected = _wrong(evidence), numbers(evidence.spot.expected)
    if wrong is None or not wrong.any() or not (evidence.small or expected.any()):
        return ""
    return "It is wrong just where it should be 0." if np.array_equal(wrong, expected == 0) else ""


def zero_where_wrong(evidence: Evidence) -> str:
    """Detect that all wrong elements, which are not all, are zero."""
    wrong, actual = _wrong(evidence), numbers(evidence.spot.actual)
    if wrong is None or not wrong.any() or (wrong.all() and not evidence.small):
        return ""
    return "" if actual[wrong].any() else "Where it is wrong, it is 0."


def _wrong(evidence: Evidence) -> Any:
    """Return which elements are wrong; None if the shapes differ."""
    expected, actual = fitting(evidence.spot)
    if actual is None:
        return None
    return ~np.isclose(actual, expected, rtol=1e-5, atol=1e-7 * np.abs(expected).max(initial=0))


def uniform(evidence: Evidence) -> str:
    """Detect uniform random numbers where normal ones are expected, in a function without array inputs."""
    expected, actual = fitting(evidence.spot)
    if actual is None or (actual.size < SEVERAL and not evidence.small) or (actual <= 0).any():
        return ""
    if any(np.ndim(given.expected) for given in evidence.inputs()):
        return ""
    both_signs = (expected < 0).any() and (expected > 0).any()
    if evidence.small or (both_signs and abs(expected.mean()) < expected.std()):
        return f"All its {actual.size} numbers are positive; those of `np.random.randn` have both signs."
    return ""


def one_line_wrong(evidence: Evidence) -> str:
    """Detect that a single row or column is wrong."""
    expected, actual = fitting(evidence.spot)
    if actual is None or actual.ndim != 2:
        return ""
    wrong = ~np.isclose(actual, expected, rtol=1e-5, atol=1e-7 * np.abs(expected).max(initial=0))
    for axis, line in ((1, "row"), (0, "column")):
        lines = wrong.any(axis=axis)
        if lines.sum() == 1 and len(lines) > 2:
            return f"Only {line} {int(lines.argmax())} is wrong."
    return ""


Detector = Callable[[Evidence], str]


def in_all_cases(detector: Detector) -> Detector:
    """Return a detector that is silent where another public case contradicts it.

    Args:
        detector: detects what is a sign of one mistake only if it is so each time.

    Returns:
        the stricter detector.
    """

    def certain(evidence: Evidence) -> str:
        said = detector(evidence)
        wrong = (other for other in evidence.elsewhere if not other.spot.right)
        own, there = evidence.spot.keys, [other for other in wrong if said]
        same = (other for other in there if not other.small or other.spot.keys == own)
        return said if said and all(map(detector, same)) else ""

    return certain


DETECTORS: tuple[Detector, ...] = (
    not_finite,
    whole_numbers,
    in_all_cases(term),
    in_all_cases(all_equal),
    rounded,
    *map(in_all_cases, (signs, offset, permuted, wrong_at_zeros, zero_where_wrong, uniform)),
    one_line_wrong,
)


def _broadcasts(addend: Any, whole: Any) -> bool:
    try:
        return bool(np.broadcast_shapes(addend.shape, whole.shape) == whole.shape)
    except ValueError:
        return False


def _is_permuted(expected: Any, actual: Any) -> bool:
    """Return whether the rows are a permutation of the expected rows."""
    places = [[j for j, row in enumerate(expected) if close(line, row)] for line in actual]
    return all(len(found) == 1 for found in places) and len({found[0] for found in places}) == len(expected)
