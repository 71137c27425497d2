"""Small calls of a graded function, made after its public ones, to show a fault on as little as possible.

Nothing is declared for it. Two dimensions that have the same size in every public case are taken for the
same dimension, a size that is always 1 for a constant, and entries are drawn from what the public cases
have: labels of 0 and 1, probabilities between them, small integers elsewhere.
"""

from __future__ import annotations

import itertools
import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.models.assignment import Case
from grader.models.execution import Call
from grader.models.values import Leaves, Place, Value, leaves, rebuilt

MOST = 24
LABELS = (0, 1)
PROBABILITIES = (0.25, 0.5, 0.75)
INTEGERS = (-2, -1, 0, 1, 2, 3)


def small_calls(function: str, cases: Sequence[Case]) -> list[Call]:
    """At most `MOST` small calls of a function, the smallest first. The same cases give the same calls.

    Args:
        function: the graded function.
        cases: its public cases.
    """
    groups: defaultdict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        groups[_signature(leaves(case.call.args))].append(case)
    made = [call for group in groups.values() for call in _calls_like(function, group)]
    return sorted(made, key=_extent)[:MOST]


def _calls_like(function: str, group: Sequence[Case]) -> Iterator[Call]:
    """Small calls of the structure that all cases of a group have."""
    cases = [leaves(case.call.args) for case in group]
    dimensions = _dimensions(cases)
    free = sorted({dimension for dimension in dimensions.values() if dimension is not None})
    for sizes in _sizes(len(free)):
        rng = np.random.default_rng(zlib.crc32(repr((function, sizes)).encode()))
        size_of: dict[tuple[int, ...] | None, int] = {None: 1, **dict(zip(free, sizes, strict=True))}

        def small(path: Place, value: Value, size_of: Any = size_of, rng: Any = rng) -> Value:
            own = {at: size_of[dimension] for at, dimension in dimensions.items() if at[0] == path}
            return _small_leaf(value, own, [case[path] for case in cases], rng)

        yield Call(function, rebuilt(group[0].call.args, small))


def _sizes(count: int) -> Iterator[tuple[int, ...]]:
    """Sizes of some dimensions: all 1, one of them 2 or 3, two of them 2."""
    one = (1,) * count
    yield one
    for i in range(count):
        yield from ((*one[:i], size, *one[i + 1 :]) for size in (2, 3))
    for i, j in itertools.combinations(range(count), 2):
        yield (*one[:i], 2, *one[i + 1 : j], 2, *one[j + 1 :])


# ---------------------------------------------------------------- structure


def finite(value: Value) -> bool:
    """Whether every number in an answer is finite."""
    numbers = [leaf for leaf in leaves(value).values() if isinstance(leaf, np.ndarray | float)]
    return all(np.isfinite(leaf).all() for leaf in numbers)


def _signature(found: Leaves) -> Hashable:
    """What two calls share when one can stand for the other: where they have what, and which texts."""
    return tuple(
        (path, value if isinstance(value, str | bool | None) else (type(value).__name__, np.ndim(value)))
        for path, value in found.items()
    )


def _dimensions(cases: Sequence[Leaves]) -> dict[tuple[Place, int], tuple[int, ...] | None]:
    """Which dimension each axis and each whole number is: those that are always equal are the same one.

    None stands for a size that is always 1.
    """
    dimensions: dict[tuple[Place, int], tuple[int, ...]] = {}
    for path, value in cases[0].items():
        if isinstance(value, np.ndarray):
            for axis in range(value.ndim):
                dimensions[path, axis] = tuple(case[path].shape[axis] for case in cases)
        elif type(value) is int:
            dimensions[path, -1] = tuple(case[path] for case in cases)
    return {at: None if set(sizes) == {1} else sizes for at, sizes in dimensions.items()}


# ---------------------------------------------------------------- entries


def _small_leaf(
    value: Value, sizes: Mapping[tuple[Place, int], int], seen: Sequence[Value], rng: np.random.Generator
) -> Value:
    if isinstance(value, np.ndarray):
        shape = tuple(size for (_, axis), size in sorted(sizes.items(), key=lambda item: item[0][1]))
        return rng.choice(_domain(seen), shape).astype(value.dtype)
    if type(value) is int:
        return next(iter(sizes.values()))
    if isinstance(value, float):
        return float(rng.choice(_domain(seen)))
    return value


def _domain(seen: Sequence[Value]) -> tuple[float, ...]:
    """What the entries of a small array are drawn from, after those of the arrays that it stands for."""
    entries = np.concatenate([np.ravel(value) for value in seen])
    if np.isin(entries, LABELS).all():
        return LABELS
    return PROBABILITIES if ((entries > 0) & (entries < 1)).all() else INTEGERS


def _extent(call: Call) -> int:
    """How much there is to read of a call."""
    return sum(int(np.size(value)) for value in leaves(call.args).values())


# ---------------------------------------------------------------- words


def told(parameters: Sequence[str], args: Sequence[Value]) -> str:
    """A call in words: `A=[[2]], W=[[1]], b=[[0]]`."""
    return ", ".join(f"{name}={compact(arg)}" for name, arg in zip(parameters, args, strict=True))


def compact(value: Value) -> str:
    """A value as one would type it, numbers in six significant digits."""
    if isinstance(value, np.ndarray):
        return compact(value.tolist())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(compact, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(compact, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    return str(value) if isinstance(value, int | np.integer | np.bool_) else repr(value)
