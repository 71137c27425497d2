"""Compare an answer with the expected one: a series of checks that stops at the first failing one.

Pure NumPy, and the only comparison: `grader release` bundles this room with the public tests, so a public
test and the grader give the same messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison.contrast import Contrast, contrast
from grader.comparison.elements import different, entries_off
from grader.comparison.kinds import (
    ALONE,
    OF_NUMBERS,
    Leaf,
    count,
    fails,
    is_numeric,
    kind,
    of_type,
)
from grader.comparison.structure import result_leaves
from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict, sentence


def compare(
    expected: Any,
    actual: Any,
    names: Sequence[str] = ("result",),
    tolerance: Tolerance | None = None,
) -> Outcome:
    """Compare an answer with the expected one.

    The rungs: missing, type, structure (keys and lengths; a list may stand for a tuple), shape,
    kind of dtype, NaN and infinity, values. Every part of the answer has to pass a rung before
    any part is put to the next one, so NumPy never broadcasts a wrong shape and never sees a
    structure of the wrong kind.

    Args:
        expected: the reference's answer, as plain data.
        actual: the answer to judge; any object.
        names: the names of the results, with which the paths in messages begin.
        tolerance: the tolerance of numbers; None for the default.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _told(_climbed(expected, actual, names, tolerance or Tolerance(), RUNGS))


def compare_kind(expected: Any, actual: Any, names: Sequence[str] = ("result",)) -> Outcome:
    """Compare the type, structure, shape and kind of dtype of an answer with the expected one's, no values.

    Args:
        expected: the reference's answer.
        actual: the answer to judge; any object.
        names: the names of the results.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _told(_climbed(expected, actual, names, Tolerance(), RUNGS_OF_KIND))


def _told(outcome: Outcome) -> Outcome:
    """Return an outcome whose reason begins as a sentence does."""
    return outcome if outcome is PASSED else replace(outcome, reason=sentence(outcome.reason))


def _climbed(
    expected: Any, actual: Any, names: Sequence[str], tolerance: Tolerance, rungs: Sequence[Rung]
) -> Outcome:
    if actual is None and expected is not None:
        return Outcome(Verdict.NOT_ATTEMPTED, "Nothing came back (None).")
    leaves: list[Leaf] = []
    for part in result_leaves(expected, actual, names):
        if isinstance(part, Outcome):
            return part
        if not _identical(part):
            leaves.append(_allowed(part, tolerance.allow) if tolerance.allow else part)
    for rung in rungs:
        for leaf in leaves:
            outcome = rung(leaf, tolerance)
            if outcome is not PASSED:
                return outcome
    return PASSED


def _identical(leaf: Leaf) -> bool:
    """Return whether a leaf is bitwise equal, as most are, and needs no further check."""
    expected, actual = leaf.expected, leaf.actual
    if type(expected) is not np.ndarray or type(actual) is not np.ndarray:
        return False
    same = expected.dtype == actual.dtype and expected.dtype.kind != "O"
    return same and np.array_equal(expected, actual)


def _allowed(leaf: Leaf, allow: Sequence[str]) -> Leaf:
    """Return the leaf with an allowed substitute converted to the form of the expected answer."""
    if not (is_numeric(leaf.expected) and is_numeric(leaf.actual)):
        return leaf
    expected, actual = _array(leaf.expected), _array(leaf.actual)
    if "array_for_number" in allow and expected.ndim == 0 and actual.size == 1:
        actual = actual.ravel()[0]
        leaf = leaf._replace(actual=actual)
    if "number_for_bool" in allow and expected.dtype.kind == "b" and np.isin(actual, (0, 1)).all():
        leaf = leaf._replace(actual=actual.astype(bool)[()])  # [()] makes a scalar of an array without axes
    if "either_sign" in allow and expected.shape == actual.shape and expected.dtype.kind in "fc":
        with np.errstate(over="ignore", invalid="ignore"):
            other_is_nearer = np.abs(actual + expected).sum() < np.abs(actual - expected).sum()
        if other_is_nearer:
            leaf = leaf._replace(actual=-actual)
    return leaf


# ---------------------------------------------------------------- rungs


def _type(leaf: Leaf, _: Tolerance) -> Outcome:
    if isinstance(leaf.expected, np.ndarray) and isinstance(leaf.actual, np.ndarray):
        return PASSED  # of which kind is for another rung
    expected, actual = kind(leaf.expected), kind(leaf.actual)
    if actual == expected or actual == ALONE.get(expected) or expected == ALONE.get(actual):
        return PASSED
    return of_type(leaf.path, expected, leaf.actual)


def _shape(leaf: Leaf, _: Tolerance) -> Outcome:
    if not (is_numeric(leaf.expected) or isinstance(leaf.expected, np.ndarray)):
        return PASSED
    if np.shape(leaf.actual) == np.shape(leaf.expected):
        return PASSED
    reason = f"{leaf.path} has the shape {np.shape(leaf.actual)}, expected {np.shape(leaf.expected)}."
    return fails(Verdict.WRONG_SHAPE, leaf, reason)


def _dtype(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check the kind of dtype: an array of integers is not one of floats; a scalar may be either."""
    if leaf.table is None and isinstance(leaf.actual, np.ndarray) and isinstance(leaf.expected, np.ndarray):
        yours, theirs = kind(leaf.actual), kind(leaf.expected)
        if yours != theirs:
            reason = f"{leaf.path} is {yours}, expected {OF_NUMBERS.get(theirs, theirs)}."
            return fails(Verdict.WRONG_DTYPE, leaf, reason)
    if not is_numeric(leaf.expected):
        return PASSED
    kinds = [_array(x).dtype.kind.replace("u", "i") for x in (leaf.actual, leaf.expected)]
    if np.ndim(leaf.expected) == 0 and set(kinds) <= {"i", "f"}:
        return PASSED
    if kinds[0] == kinds[1]:
        return PASSED
    yours, theirs = (_array(x).dtype.name for x in (leaf.actual, leaf.expected))
    reason = f"{leaf.path} holds {yours} numbers, expected {theirs}."
    return fails(Verdict.WRONG_DTYPE, leaf, reason)


def _finite(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check that NaN and infinities are exactly where the expected answer has them."""
    if not is_numeric(leaf.expected):
        return PASSED
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if np.isfinite(actual).all() and np.isfinite(expected).all():
        return PASSED
    odd = np.isnan(actual) != np.isnan(expected)
    infinite = np.isinf(actual) | np.isinf(expected)
    odd |= infinite & (actual != expected) & ~(np.isnan(actual) & np.isnan(expected))
    return _wrong_where(odd, leaf, actual, expected)


def _values(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    if not is_numeric(leaf.expected):
        return _others(leaf, tolerance)
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if expected.dtype.kind == "b":
        return _wrong_where(actual != expected, leaf, actual, expected)
    finite = np.isfinite(expected)
    yours, theirs = (_wide(np.where(finite, x, 0)) for x in (actual, expected))
    with np.errstate(over="ignore", invalid="ignore"):
        magnitude = np.abs(theirs)
        error = np.abs(yours - theirs)
        allowed = tolerance.rtol * magnitude + tolerance.atol * magnitude.max(initial=0)
        allowed = np.where(magnitude == 0, np.maximum(allowed, tolerance.floor), allowed)
        if tolerance.absolute:
            allowed = np.maximum(allowed, tolerance.absolute)
    return _wrong_where(~(error <= allowed), leaf, actual, expected)


def _others(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    """Check what is not numeric: entries of arrays one by one, entries of sets in any order."""
    if isinstance(leaf.expected, np.ndarray):
        return _wrong_where(different(leaf.actual, leaf.expected), leaf, leaf.actual, leaf.expected)
    if isinstance(leaf.expected, set | frozenset):

        def right(expected: Any, actual: Any) -> bool:
            return compare(expected, actual, tolerance=tolerance) is PASSED

        return entries_off(leaf, right)
    if not np.any(different(leaf.actual, leaf.expected)):
        return PASSED
    shown = contrast(leaf.actual, leaf.expected)
    return fails(Verdict.WRONG_VALUE, leaf, f"{leaf.path} is wrong.", _detail(shown))


Rung = Callable[[Leaf, Tolerance], Outcome]
RUNGS_OF_KIND: tuple[Rung, ...] = (_type, _shape, _dtype)
RUNGS: tuple[Rung, ...] = (*RUNGS_OF_KIND, _finite, _values)

# ---------------------------------------------------------------- elements


def _wrong_where(wrong: Any, leaf: Leaf, actual: Any, expected: Any) -> Outcome:
    """Return an outcome that counts the wrong elements and shows the first; `PASSED` if there is none."""
    wrong = np.asarray(wrong)
    if not wrong.any():
        return PASSED
    index = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(wrong)))[: wrong.ndim]
    shown = contrast(actual[index], expected[index])
    if wrong.ndim == 0:
        reason, detail = f"{leaf.path} is wrong.", _detail(shown)
    else:
        noun = "element" if leaf.table is None else "row"
        reason = f"{leaf.path} is wrong in {int(wrong.sum())} of {count(wrong.size, noun)}."
        where = leaf.table.place(index[0]) if leaf.table else f"{leaf.path}[{', '.join(map(str, index))}]"
        line = f", line {shown.line}" if shown.line else ""
        said = f"The first is {where}{line}: yours {shown.yours}, expected {shown.theirs}."
        detail = f"{said} {shown.remark}".rstrip()
    if actual.dtype.kind in "fc" and bool(np.isnan(actual[wrong]).any()):
        reason += " It contains NaN."
    return fails(Verdict.WRONG_VALUE, leaf, reason, detail)


def _detail(shown: Contrast) -> str:
    """Return the sentences that show a single value and the expected one."""
    if shown.line:
        said = f"Line {shown.line} is the first that differs: yours {shown.yours}, expected {shown.theirs}."
    else:
        said = f"Yours is {shown.yours}, expected {shown.theirs}."
    return f"{said} {shown.remark}".rstrip()


def _wide(x: Any) -> Any:
    """Return numbers in at least double precision, so that differences of integers do not overflow."""
    return x.astype(np.result_type(x, np.float64))


def _array(x: Any) -> Any:
    """Return a numeric leaf as an array; an integer too long for NumPy becomes infinite."""
    if type(x) is int and not -(2**63) <= x < 2**63:
        return np.float64(np.inf if x > 0 else -np.inf)
    return np.asarray(x)
