"""Make small calls of a graded function, which follow its public ones, to show a failure on little data.

No declaration is needed. Two dimensions that have equal sizes in every public case count as one dimension,
a size that is always 1 as a constant, and entries are drawn from the kind that public cases have: labels 0
and 1, probabilities between them, else small integers of the signs that occur: a number of which all are
positive may be a width or a penalty.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.models.assignment import Case
from grader.models.execution import Call
from grader.models.values import NUMERIC, Leaves, Place, Value, leaves, rebuilt
from grader.plain.frames import Column

MOST = 24
LABELS = (0, 1)
PROBABILITIES = (0.25, 0.5, 0.75)
INTEGERS = (-2, -1, 0, 1, 2, 3)


def small_calls(function: str, cases: Sequence[Case]) -> list[Call]:
    """Return small calls of a function, the smallest first. Equal cases give equal calls.

    Args:
        function: the graded function.
        cases: its public cases.

    Returns:
        at most `MOST` calls.
    """
    groups: defaultdict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        groups[_structure(leaves(case.call.args))].append(case)
    made = [call for group in groups.values() for call in _calls_like(function, group)]
    return sorted(made, key=_extent)[:MOST]


def _calls_like(function: str, group: Sequence[Case]) -> Iterator[Call]:
    """Yield small calls with the structure that all cases of a group share."""
    cases = [leaves(case.call.args) for case in group]
    dimensions = _dimensions(cases)
    domain_of = functools.cache(lambda path: _domain([case[path] for case in cases]))
    free = sorted({one for own in dimensions.values() for one in own if one is not None})
    for sizes in _sizes(len(free)):
        rng = np.random.default_rng(zlib.crc32(repr((function, sizes)).encode()))
        size_of: dict[Dimension, int] = {None: 1, **dict(zip(free, sizes, strict=True))}

        def small(path: Place, value: Value, size_of: Any = size_of, rng: Any = rng) -> Value:
            own = tuple([size_of[dimension] for dimension in dimensions.get(path, ())])
            return _small_leaf(value, own, lambda: domain_of(path), rng)

        yield Call(function, rebuilt(group[0].call.args, small), seconds=group[0].call.seconds)


def _sizes(count: int) -> Iterator[tuple[int, ...]]:
    """Yield sizes of `count` dimensions: all 1; one of them 2 or 3; two of them 2."""
    one = (1,) * count
    yield one
    for i in range(count):
        yield from ((*one[:i], size, *one[i + 1 :]) for size in (2, 3))
    for i, j in itertools.combinations(range(count), 2):
        yield (*one[:i], 2, *one[i + 1 : j], 2, *one[j + 1 :])


# ---------------------------------------------------------------- structure


def _structure(found: Leaves) -> Hashable:
    """Return the structure of a call: the places, types and axes of its leaves, and its texts."""
    return tuple(
        (path, value if isinstance(value, str | bool | None) else (type(value).__name__, np.ndim(value)))
        for path, value in found.items()
    )


Dimension = tuple[int, ...] | None
"""The sizes in all cases of what has the same size in each of them; None for a size that is always 1."""


def _dimensions(cases: Sequence[Leaves]) -> dict[Place, list[Dimension]]:
    """Map each array to the dimensions of its axes, and each integer to the one that it is the size of."""
    found: dict[Place, list[tuple[int, ...]]] = {}
    for path, value in cases[0].items():
        if isinstance(value, np.ndarray):
            found[path] = [*zip(*[case[path].shape for case in cases], strict=True)]
        elif isinstance(value, Column):
            found[path] = [tuple(len(case[path]) for case in cases)]
        elif type(value) is int:
            found[path] = [tuple(case[path] for case in cases)]
    return {path: [None if {*one} == {1} else one for one in sizes] for path, sizes in found.items()}


# ---------------------------------------------------------------- entries


def _small_leaf(
    value: Value,
    sizes: tuple[int, ...],
    domain: Callable[[], Sequence[float]],
    rng: np.random.Generator,
) -> Value:
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in NUMERIC:
            return np.resize(value, sizes)  # texts and dates are repeated
        return _drawn(domain(), sizes, rng).astype(value.dtype)
    if isinstance(value, Column):
        return value.taken(np.resize(np.arange(len(value)), sizes))
    if type(value) is int:
        return sizes[0]
    if isinstance(value, float):
        return float(_drawn(domain(), (), rng))
    return value


def _drawn(domain: Sequence[float], shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Return what `rng.choice` does, in half the time: there are thousands of arrays."""
    return np.asarray(np.array(domain)[rng.integers(0, len(domain), shape)])


def _domain(seen: Sequence[Value]) -> tuple[float, ...]:
    """Return the values from which entries are drawn, given the arrays in public cases."""
    entries = np.concatenate([np.ravel(value) for value in seen])
    if np.isin(entries, LABELS).all():
        return LABELS
    if ((entries > 0) & (entries < 1)).all():
        return PROBABILITIES
    real = entries.real[~np.isnan(entries.real)]
    signs = {*np.sign(real)} or {-1, 1}
    signs |= {0} if len(signs) > 1 else set()  # zero lies between
    return tuple(number for number in INTEGERS if np.sign(number) in signs)


def _extent(call: Call) -> int:
    """Return the number of entries in a call."""
    return sum(
        len(value) if isinstance(value, Column) else int(np.size(value))
        for value in leaves(call.args).values()
    )
