"""Compare entries that are not numbers: texts, dates and durations one by one, sets as wholes. Bundled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from grader.comparison.contrast import written
from grader.comparison.kinds import Leaf, count, fails, is_numeric, keys
from grader.comparison.verdict import PASSED, Outcome, Verdict

PAIRS = 10_000
"""The number of pairs up to which the entries of sets are compared with a tolerance."""


def different(actual: Any, expected: Any) -> Any:
    """Return where two values of one kind and shape differ. Missing dates and NaN equal each other.

    Args:
        actual: an array or a single value.
        expected: its counterpart.

    Returns:
        an array of truth values, or a single one.
    """
    if isinstance(expected, np.ndarray) and expected.dtype.kind == "O":
        pairs = zip(actual.astype(object).flat, expected.flat, strict=True)
        return np.array([not _same(a, e) for a, e in pairs], bool).reshape(expected.shape)
    yours, theirs = (_as_dates(value) for value in (actual, expected))
    if yours is None or theirs is None:
        return actual != expected
    return (yours != theirs) & ~(np.isnat(yours) & np.isnat(theirs))


def _as_dates(value: Any) -> Any:
    """Return dates or durations as NumPy has them; None for anything else."""
    if isinstance(value, np.ndarray | np.generic):
        return value if value.dtype.kind in "mM" else None
    if not isinstance(value, date | timedelta):
        return None
    text = "NaT" if value != value else value  # pandas has a NaT that NumPy does not read
    return np.array(text, "M8" if isinstance(value, date) else "m8")[()]


def _same(actual: Any, expected: Any) -> bool:
    if is_numeric(actual) and is_numeric(expected):
        return bool(np.allclose(actual, expected, rtol=1e-5, atol=1e-12, equal_nan=True))
    if type(actual) is type(expected) and isinstance(expected, np.datetime64 | np.timedelta64):
        return not different(actual, expected)
    return type(actual) is type(expected) and not np.any(np.asarray(actual != expected))


def entries_off(leaf: Leaf, right: Callable[[Any, Any], bool]) -> Outcome:
    """Return the outcome of a set; entries that are not equal may be right within the tolerance.

    Args:
        leaf: the set and its counterpart.
        right: whether an entry may stand for an expected one, called with the expected and the actual one.

    Returns:
        `PASSED`, or an outcome that shows which entries are missing and which are too many.
    """
    missing = sorted((e for e in leaf.expected if e not in leaf.actual), key=written)
    extra = sorted((a for a in leaf.actual if a not in leaf.expected), key=written)
    if len(missing) * len(extra) <= PAIRS:
        for entry in [*missing]:
            stands = next((a for a in extra if right(entry, a)), extra)
            if stands is not extra:
                missing.remove(entry)
                extra = [a for a in extra if a is not stands]
    if not missing and not extra:
        return PASSED
    lacks = f"lacks {len(missing)} of {count(len(leaf.expected), 'entry')}" if missing else ""
    surplus = f"has {count(len(extra), 'entry')} too many" if extra else ""
    detail = [f"Missing: {keys(missing, extra)}."] * bool(missing) + [
        f"Not expected: {keys(extra, missing)}."
    ] * bool(extra)
    reason = f"{leaf.path} {' and '.join(filter(None, (lacks, surplus)))}."
    return fails(Verdict.WRONG_VALUE, leaf, reason, " ".join(detail))
