"""Tells whether two values differ by rounding alone.

Kinds of processor differ in how they round, since their matrix products add up in another order. So what is
computed again on another machine is the same, with other last bits.
"""

from __future__ import annotations

import numpy as np

from grader.models.values import Value, leaves, rebuilt

NEAR = 1e-9
"""Of the largest number of an array: what rounding does to a long computation in double precision."""

NOISE = 1e-12
"""Of the largest number of the whole value: what rounding leaves of a difference that is zero."""

LAST_BITS = 100
"""Steps of a shorter type that rounding is worth; they are coarser than `NEAR`."""


def same_but_for_rounding(one: Value, other: Value) -> bool:
    """Whether two values are the same, fractions but for rounding: types, shapes, keys, all else exactly."""
    if _structure(one) != _structure(other):
        return False
    pairs = [*zip(leaves(one).values(), leaves(other).values(), strict=True)]
    largest = max((_largest(leaf) for pair in pairs for leaf in pair), default=0.0)
    return all(_same(a, b, largest) for a, b in pairs)


def _structure(value: Value) -> str:
    """A value in words, each leaf as its type and shape; the keys of dictionaries and their order count."""
    return repr(rebuilt(value, lambda _, leaf: (type(leaf), getattr(leaf, "dtype", None), np.shape(leaf))))


def _same(one: Value, other: Value, largest: float) -> bool:
    """Whether two leaves of the same type and shape are the same: exactly, or for fractions nearly.

    Args:
        one: a leaf.
        other: the one that stands in its place.
        largest: the largest number of the whole value.
    """
    x, y = np.asarray(one), np.asarray(other)
    if x.dtype.kind not in "fc":
        return bool(np.array_equal(x, y))
    step = LAST_BITS * float(np.finfo(x.dtype).eps)
    allowed = max(NEAR, step) * max(_largest(x), _largest(y)) + max(NOISE, step) * largest
    finite = np.isfinite(x) & np.isfinite(y)
    with np.errstate(over="ignore"):
        near = np.abs(x[finite] - y[finite]) <= allowed
    return bool(near.all()) and np.array_equal(x[~finite], y[~finite], equal_nan=True)


def _largest(leaf: Value) -> float:
    """The largest magnitude of the fractions in a leaf, those that are finite."""
    array = np.asarray(leaf)
    if array.dtype.kind not in "fc":
        return 0.0
    return float(np.abs(array[np.isfinite(array)]).max(initial=0))
