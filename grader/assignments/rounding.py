"""Compare values up to rounding.

Kinds of processor round differently, since their matrix products add in another order. So values computed
again on another machine may differ in their last bits.
"""

from __future__ import annotations

import numpy as np

from grader.models import serialization
from grader.models.values import Value, leaves, rebuilt

NEAR = 1e-9
"""The rounding error of a long computation in double precision, relative to an array's largest number."""

NOISE = 1e-12
"""What rounding leaves of a difference that is zero, relative to the whole value's largest number."""

LAST_BITS = 100
"""The rounding error of shorter types, in units of their epsilon, which is coarser than `NEAR`."""


def same_but_for_rounding(one: Value, other: Value) -> bool:
    """Compare two values exactly, but fractional numbers up to rounding.

    Args:
        one: a value.
        other: another.

    Returns:
        whether types, shapes, keys and all else are the same.
    """
    if _structure(one) != _structure(other):
        return False
    pairs = [*zip(leaves(one).values(), leaves(other).values(), strict=True)]
    largest = max((_largest(leaf) for pair in pairs for leaf in pair), default=0.0)
    return all(_same(a, b, largest) for a, b in pairs)


def _structure(value: Value) -> str:
    """Return a string of a value's structure, with each leaf's type and shape and the keys in order."""
    return repr(rebuilt(value, lambda _, leaf: (type(leaf), getattr(leaf, "dtype", None), np.shape(leaf))))


def _same(one: Value, other: Value, largest: float) -> bool:
    """Compare two leaves of the same type and shape: exactly, or fractional numbers up to rounding.

    Args:
        one: a leaf.
        other: the leaf at the same place.
        largest: the largest number of the whole value.
    """
    x, y = np.asarray(one), np.asarray(other)
    if x.dtype.kind not in "fc":
        return serialization.encode(one) == serialization.encode(other)
    step = LAST_BITS * float(np.finfo(x.dtype).eps)
    allowed = max(NEAR, step) * max(_largest(x), _largest(y)) + max(NOISE, step) * largest
    finite = np.isfinite(x) & np.isfinite(y)
    with np.errstate(over="ignore"):
        near = np.abs(x[finite] - y[finite]) <= allowed
    return bool(near.all()) and np.array_equal(x[~finite], y[~finite], equal_nan=True)


def _largest(leaf: Value) -> float:
    """Return the largest finite magnitude of the fractional numbers in a leaf."""
    array = np.asarray(leaf)
    if array.dtype.kind not in "fc":
        return 0.0
    return float(np.abs(array[np.isfinite(array)]).max(initial=0))
