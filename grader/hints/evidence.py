"""Where an answer is wrong: the answer and the expected one, walked together, and what equals what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparison.verdict import Outcome, Tolerance, Verdict
from grader.models.assignment import Case

Keys = tuple[Any, ...]
"""The way from a whole value to a part of it, as Python would index it."""

ORDINALS = ("first", "second", "third", "fourth", "fifth")
NUMBERED = re.compile(r"(\D{1,20})(\d{1,4})", re.ASCII)
"""A key that ends with the number of a layer."""

Numbers = dict[str, dict[int, str]]
"""For the letters that numbered keys begin with: the numbers that follow, and the whole keys."""

NEAR = Tolerance()


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A part of the expected answer, and what stands there in the answer."""

    keys: Keys
    expected: Any
    actual: Any

    @property
    def right(self) -> bool:
        """Whether the right thing stands there."""
        return same(self.actual, self.expected)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A wrong answer: the whole of it, the first spot where it is wrong, and the inputs of the call.

    `path` is what an outcome calls the spot. `way` has the spot and all that it is a part of, the whole
    answer first; `results` has what its parts are called, when the whole is a tuple of them.
    """

    verdict: Verdict
    path: str
    way: tuple[Spot, ...]
    args: tuple[Any, ...]
    results: Sequence[str] = ()

    @property
    def whole(self) -> Spot:
        """The whole answer."""
        return self.way[0]

    @property
    def spot(self) -> Spot:
        """The first part that is wrong."""
        return self.way[-1]

    @property
    def examples(self) -> int | None:
        """m, the number of columns of the first matrix among the inputs."""
        matrices = (arg for arg in self.args if isinstance(arg, np.ndarray) and arg.ndim == 2)
        return next((int(matrix.shape[1]) for matrix in matrices), None)

    def inputs(self) -> Iterator[Spot]:
        """Every array and number among the inputs; its keys begin with the number of the argument."""
        return (spot for spot in spots(self.args, self.args) if not entries(spot.expected))

    def called(self, keys: Keys) -> str:
        """What a part of the result is called."""
        keys_of_spot = self.spot.keys
        if self.path == self._root + _indexed(keys_of_spot):
            return self._root + _indexed(keys)
        if keys[:1] == keys_of_spot[:1]:
            return self._root + _indexed(keys[1:])
        if not keys:
            return "the result"
        if isinstance(keys[0], int) and keys[0] < len(self.results):
            return f"{self.results[keys[0]]}{_indexed(keys[1:])}"
        result = f"the {ordinal(keys[0])} result"
        return f"entry {_indexed(keys[1:])} of {result}" if keys[1:] else result

    @property
    def _root(self) -> str:
        return self.path.partition("[")[0]


def evidence(outcome: Outcome, case: Case, actual: Any, results: Sequence[str] = ()) -> Evidence | None:
    """The evidence of an answer that came back wrong; None when it is not clear where it is wrong.

    It is of the wrong part alone when the expected answer of the case is not what the answer was compared
    with, as happens with another edition's convention.

    Args:
        outcome: what the answer is worth.
        case: the test case, with the expected answer.
        actual: the answer.
        results: what the parts of the answer are called, when it is a tuple of them.
    """
    every = list(spots(case.expected, actual))
    structural = outcome.verdict in {Verdict.WRONG_STRUCTURE, Verdict.WRONG_TYPE}
    for spot in every:
        here = _breaks(spot) if structural else _is_of(spot, outcome)
        if here and _may_be_called(outcome.path, spot.keys):
            way = tuple(s for s in every if s.keys == spot.keys[: len(s.keys)])
            return Evidence(outcome.verdict, outcome.path, way, case.call.args, results)
    if outcome.expected is None:
        return None
    return Evidence(
        outcome.verdict, outcome.path, (Spot((), outcome.expected, outcome.actual),), case.call.args
    )


def ordinal(index: int) -> str:
    """The word for an index: 0 is the first."""
    return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"


def numbered(mapping: Mapping[Any, Any]) -> Numbers:
    """The keys of a dictionary that end with a number."""
    found: Numbers = {}
    for key in mapping:
        if isinstance(key, str) and (match := NUMBERED.fullmatch(key)):
            found.setdefault(match[1], {})[int(match[2])] = key
    return found


# ---------------------------------------------------------------- walking


def spots(expected: Any, actual: Any, keys: Keys = ()) -> Iterator[Spot]:
    """Every part of an expected answer to which something in the answer corresponds, the whole first."""
    yield Spot(keys, expected, actual)
    for key in entries(expected):
        if key in entries(actual):
            yield from spots(expected[key], actual[key], (*keys, key))


def entries(value: Any) -> Collection[Any]:
    """The keys of a dictionary, the indices of a list or tuple; of anything else nothing."""
    if isinstance(value, Mapping):
        return value.keys()
    return range(len(value)) if isinstance(value, list | tuple) else ()


def _breaks(spot: Spot) -> bool:
    """Whether the answer parts from the structure of the expected one at a spot."""
    return kind(spot.expected) != kind(spot.actual) or set(entries(spot.expected)) != set(
        entries(spot.actual)
    )


def kind(value: Any) -> str:
    """What a value is, as far as structure goes."""
    if isinstance(value, Mapping):
        return "a dictionary"
    if isinstance(value, list | tuple):
        return "a sequence"
    return "numbers" if numbers(value) is not None else type(value).__name__


def _is_of(spot: Spot, outcome: Outcome) -> bool:
    return spot.expected is outcome.expected and spot.actual is outcome.actual


def _may_be_called(path: str, keys: Keys) -> bool:
    """Whether a path can be that of a spot. Results that have names are called by them, not by an index."""
    root = path.partition("[")[0]
    return path in {root + _indexed(keys), root + _indexed(keys[1:])}


def _indexed(keys: Keys) -> str:
    return "".join(f"[{key!r}]" for key in keys)


# ---------------------------------------------------------------- equality


def numbers(value: Any) -> Any:
    """A number or an array of real numbers as floats; None for anything else."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number | np.ndarray):
        return None
    try:
        array = np.asarray(value)
        return array.astype(np.float64, copy=False) if array.dtype.kind in "iuf" else None
    except OverflowError:  # an integer longer than any float
        return None


def same(x: Any, y: Any) -> bool:
    """Whether two values are equal as far as floating point can tell; a list may stand for a tuple."""
    if entries(x) or entries(y):
        alike = kind(x) == kind(y) and set(entries(x)) == set(entries(y))
        return alike and all(same(x[key], y[key]) for key in entries(x))
    a, b = numbers(x), numbers(y)
    if a is None or b is None:
        return type(x) is type(y) and isinstance(x, str | None) and bool(x == y)
    return a.shape == b.shape and close(a, b)


def both(spot: Spot) -> tuple[Any, Any]:
    """The expected and the actual numbers of a spot, either None when it is no numbers."""
    return numbers(spot.expected), numbers(spot.actual)


def fitting(spot: Spot) -> tuple[Any, Any]:
    """The expected and the actual numbers of a spot; both None when they are not of the same shape."""
    expected, actual = both(spot)
    if expected is None or actual is None or expected.shape != actual.shape:
        return None, None
    return expected, actual


def close(a: Any, b: Any) -> bool:
    """Whether two arrays of numbers, the second of which may be broadcast, are finite and equal."""
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool(np.all(np.abs(a - b) <= NEAR.rtol * np.abs(b) + NEAR.atol * np.abs(b).max(initial=0)))


def distinctive(value: Any) -> bool:
    """Whether nothing equals a value by accident, as zeros, ones and quarters may."""
    if entries(value):
        return any(distinctive(value[key]) for key in entries(value))
    array = numbers(value)
    if array is None or not np.isfinite(array).all():
        return False
    return bool(np.any(array * 64 % 1)) or len(np.unique(array)) >= 4
