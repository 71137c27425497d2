"""Compare an answer with the expected one: a series of checks that stops at the first failing one.

Pure NumPy, and the only comparison: `grader release` bundles this file with the public tests, so a public
test and the grader give the same messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict


class Leaf(NamedTuple):
    """A number, array, text or None inside a result, and its expected counterpart."""

    path: str
    expected: Any
    actual: Any


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
        expected: the reference's answer: numbers, arrays, texts, None, and dicts, lists and tuples of them.
        actual: the answer to judge; any object.
        names: the names of the results, with which the paths in messages begin.
        tolerance: the tolerance of numbers; None for the default.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _climbed(expected, actual, names, tolerance or Tolerance(), RUNGS)


def compare_kind(expected: Any, actual: Any, names: Sequence[str] = ("result",)) -> Outcome:
    """Compare the type, structure, shape and kind of dtype of an answer with the expected one's, no values.

    Args:
        expected: the reference's answer.
        actual: the answer to judge; any object.
        names: the names of the results.

    Returns:
        `PASSED`, or the outcome of the first rung that fails.
    """
    return _climbed(expected, actual, names, Tolerance(), RUNGS_OF_KIND)


def _climbed(
    expected: Any, actual: Any, names: Sequence[str], tolerance: Tolerance, rungs: Sequence[Rung]
) -> Outcome:
    if actual is None and expected is not None:
        return Outcome(Verdict.NOT_ATTEMPTED, "Nothing came back (None).")
    leaves: list[Leaf] = []
    for part in _results(expected, actual, names):
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


# ---------------------------------------------------------------- structure


def _results(expected: Any, actual: Any, names: Sequence[str]) -> Iterator[Leaf | Outcome]:
    """Yield the leaves of a result; the entries of a tuple are called by `names` if there are as many."""
    if not (isinstance(expected, tuple) and len(expected) == len(names) > 1):
        yield from _leaves(", ".join(names), expected, actual)
        return
    if not isinstance(actual, list | tuple):
        yield _of_type(f"The result ({', '.join(names)})", f"{len(names)} values", actual)
    elif len(actual) != len(expected):
        reason = f"{_count(len(actual), 'value')} came back, expected {len(expected)}: {', '.join(names)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason)
    else:
        for name, e, a in zip(names, expected, actual, strict=True):
            yield from _leaves(name, e, a)


def _leaves(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse `expected` and `actual` together; yield pairs of leaves, and an outcome where they differ."""
    if isinstance(expected, Mapping):
        yield from _leaves_of_dict(path, expected, actual)
    elif isinstance(expected, list | tuple):
        yield from _leaves_of_sequence(path, expected, actual)
    else:
        yield Leaf(path, expected, actual)


def _leaves_of_dict(path: str, expected: Mapping[Any, Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, Mapping):
        yield _of_type(path, "a dictionary", actual)
        return
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        yield Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {_keys(missing)}.", path=path)
    elif extra:
        reason = f"{path} has {_count(len(extra), 'key')} too many."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {_keys(extra)}.", path)
    else:
        for key, value in expected.items():
            yield from _leaves(f"{path}[{key!r}]", value, actual[key])


def _leaves_of_sequence(path: str, expected: Sequence[Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, list | tuple):
        yield _of_type(path, f"a {type(expected).__name__} of {len(expected)}", actual)
    elif len(actual) != len(expected):
        reason = f"{path} has {_count(len(actual), 'entry')}, expected {len(expected)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    else:
        for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
            yield from _leaves(f"{path}[{i}]", e, a)


def _identical(leaf: Leaf) -> bool:
    """Return whether a leaf is bitwise equal, as most are, and needs no further check."""
    expected, actual = leaf.expected, leaf.actual
    if type(expected) is not np.ndarray or type(actual) is not np.ndarray:
        return False
    return expected.dtype == actual.dtype and np.array_equal(expected, actual)


def _allowed(leaf: Leaf, allow: Sequence[str]) -> Leaf:
    """Return the leaf with an allowed substitute converted to the form of the expected answer."""
    if not (_numeric(leaf.expected) and _numeric(leaf.actual)):
        return leaf
    expected, actual = _array(leaf.expected), _array(leaf.actual)
    if "array_for_number" in allow and expected.ndim == 0 and actual.shape == (1,):
        actual = actual[0]
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
    expected, actual = _kind(leaf.expected), _kind(leaf.actual)
    if actual == expected or {actual, expected} == {"a number", "an array"}:
        return PASSED
    return _of_type(leaf.path, expected, leaf.actual)


def _shape(leaf: Leaf, _: Tolerance) -> Outcome:
    if not _numeric(leaf.expected) or np.shape(leaf.actual) == np.shape(leaf.expected):
        return PASSED
    reason = f"{leaf.path} has the shape {np.shape(leaf.actual)}, expected {np.shape(leaf.expected)}."
    return _fails(Verdict.WRONG_SHAPE, leaf, reason)


def _dtype(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check the kind of dtype: an array of integers is not one of floats; a scalar may be either."""
    if not _numeric(leaf.expected):
        return PASSED
    kinds = [_array(x).dtype.kind.replace("u", "i") for x in (leaf.actual, leaf.expected)]
    if np.ndim(leaf.expected) == 0 and set(kinds) <= {"i", "f"}:
        return PASSED
    if kinds[0] == kinds[1]:
        return PASSED
    yours, theirs = (_array(x).dtype.name for x in (leaf.actual, leaf.expected))
    reason = f"{leaf.path} holds {yours} numbers, expected {theirs}."
    return _fails(Verdict.WRONG_DTYPE, leaf, reason)


def _finite(leaf: Leaf, _: Tolerance) -> Outcome:
    """Check that NaN and infinities are exactly where the expected answer has them."""
    if not _numeric(leaf.expected):
        return PASSED
    actual, expected = _array(leaf.actual), _array(leaf.expected)
    if np.isfinite(actual).all() and np.isfinite(expected).all():
        return PASSED
    odd = np.isnan(actual) != np.isnan(expected)
    infinite = np.isinf(actual) | np.isinf(expected)
    odd |= infinite & (actual != expected) & ~(np.isnan(actual) & np.isnan(expected))
    return _wrong_where(odd, leaf, actual, expected)


def _values(leaf: Leaf, tolerance: Tolerance) -> Outcome:
    if not _numeric(leaf.expected):
        if leaf.actual == leaf.expected:
            return PASSED
        reason, detail = (
            f"{leaf.path} is wrong.",
            f"Yours is {_short(leaf.actual)}, expected {_short(leaf.expected)}.",
        )
        return _fails(Verdict.WRONG_VALUE, leaf, reason, detail)
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


Rung = Callable[[Leaf, Tolerance], Outcome]
RUNGS_OF_KIND: tuple[Rung, ...] = (_type, _shape, _dtype)
RUNGS: tuple[Rung, ...] = (*RUNGS_OF_KIND, _finite, _values)


# ---------------------------------------------------------------- words


def _wrong_where(wrong: Any, leaf: Leaf, actual: Any, expected: Any) -> Outcome:
    """Return an outcome that counts the wrong elements and shows the first; `PASSED` if there is none."""
    wrong = np.asarray(wrong)
    if not wrong.any():
        return PASSED
    index = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(wrong)))[: wrong.ndim]
    yours, theirs = number(actual[index]), number(expected[index])
    if wrong.ndim == 0:
        reason, detail = f"{leaf.path} is wrong.", f"Yours is {yours}, expected {theirs}."
    else:
        where = f"{leaf.path}[{', '.join(map(str, index))}]"
        reason = f"{leaf.path} is wrong in {int(wrong.sum())} of {_count(wrong.size, 'element')}."
        detail = f"The first is {where}: yours {yours}, expected {theirs}."
    if bool(np.isnan(actual[wrong]).any()):
        reason += " It contains NaN."
    return _fails(Verdict.WRONG_VALUE, leaf, reason, detail)


def _fails(verdict: Verdict, leaf: Leaf, reason: str, detail: str = "") -> Outcome:
    return Outcome(verdict, reason, detail, leaf.path, leaf.actual, leaf.expected)


def _of_type(path: str, expected: str, actual: Any) -> Outcome:
    detail = (
        ""
        if _kind(actual) != OTHER
        else f"Its type is {getattr(actual, 'type_name', type(actual).__name__)}."
    )
    return Outcome(Verdict.WRONG_TYPE, f"{path} is {_kind(actual)}, expected {expected}.", detail, path)


def number(x: Any) -> str:
    """Format a number with six significant digits."""
    return f"{x:.6g}" if isinstance(x, complex | np.number | float) else str(x)


def _count(n: int, noun: str) -> str:
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("ry") else f"{n} {noun}s"


def _short(x: Any) -> str:
    return repr(x)[:40]


def _keys(keys: Sequence[Any]) -> str:
    shown = ", ".join(map(_short, keys[:5]))
    return shown + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")


# ---------------------------------------------------------------- kinds

OTHER = "an object of another kind"
_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "None"),
    ((bool, np.bool_), "a truth value"),
    ((int, float, complex, np.number), "a number"),
    (np.ndarray, "an array"),
    (str, "text"),
    (bytes, "bytes"),
    (dict, "a dictionary"),
    (list, "a list"),
    (tuple, "a tuple"),
)


def _kind(x: Any) -> str:
    """Return the kind of a value in the words of messages."""
    return next((word for types, word in _WORDS if isinstance(x, types)), OTHER)


def _numeric(x: Any) -> bool:
    return _kind(x) in {"a number", "an array", "a truth value"}


def _wide(x: Any) -> Any:
    """Return numbers in at least double precision, so that differences of integers do not overflow."""
    return x.astype(np.result_type(x, np.float64))


def _array(x: Any) -> Any:
    """Return a numeric leaf as an array; an integer too long for NumPy becomes infinite."""
    if type(x) is int and not -(2**63) <= x < 2**63:
        return np.float64(np.inf if x > 0 else -np.inf)
    return np.asarray(x)
