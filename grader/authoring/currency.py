"""Tells whether a generated file is current: its numbers may differ by rounding, and nothing else may.

Kinds of processor differ in how they round, since their matrix products add up in another order. So a release
that is made again on another machine has the same cases, with other last bits.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from grader.casefile import PublicCase, PublicExercise, read_public
from grader.model import Value
from grader.smallest import leaves, rebuilt

NEAR = 1e-9
"""Of the largest number of an array: what rounding does to a long computation in double precision."""

NOISE = 1e-12
"""Of the largest number of a case: what rounding leaves of a difference that is zero."""

LAST_BITS = 100
"""Steps of a shorter type that rounding is worth; they are coarser than `NEAR`."""


def fault(path: Path, wanted: bytes) -> str:
    """What is wrong with the file at a path that should hold these bytes; empty when it is current."""
    if not path.exists():
        return "is missing"
    data = path.read_bytes()
    if data == wanted or (path.suffix == ".h5" and _same_cases(data, wanted)):
        return ""
    return "is not current"


def _same_cases(one: bytes, other: bytes) -> bool:
    """Whether two files of public cases differ by rounding only; HDF5 also writes them in different bytes."""
    try:
        there, here = _read(one), _read(other)
    except (OSError, KeyError, ValueError, TypeError, AttributeError):  # it is no such file
        return False
    return len(there) == len(here) and all(map(_same_exercise, there, here))


def _same_exercise(one: PublicExercise, other: PublicExercise) -> bool:
    alike = replace(one, cases=()) == replace(other, cases=()) and len(one.cases) == len(other.cases)
    return alike and all(map(same_case, one.cases, other.cases))


def _read(data: bytes) -> tuple[PublicExercise, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cases.h5")
        path.write_bytes(data)
        return read_public(path)


def same_case(one: PublicCase, other: PublicCase) -> bool:
    """Whether two cases are the same but for rounding."""
    if (one.id, one.seed) != (other.id, other.seed):
        return False
    values, others = (one.args, one.expected), (other.args, other.expected)
    if _structure(values) != _structure(others):
        return False
    pairs = [*zip(leaves(values).values(), leaves(others).values(), strict=True)]
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
        largest: the largest number of the case.
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
