"""A wrong answer beside the expected one: traversal of both, and comparison of their parts."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.comparison.compare import compare
from grader.comparison.verdict import PASSED, Outcome, Tolerance, Verdict
from grader.models.assignment import Case
from grader.plain.records import Instance

Keys = tuple[Any, ...]
"""The path from a value to a part of it, as the keys and indices in Python."""

ORDINALS = ("first", "second", "third", "fourth", "fifth")
NUMBERED = re.compile(r"(\D{1,20})(\d{1,4})", re.ASCII)
"""A key that ends in a layer's number."""

FEW = 4
"""Fewer numbers than this may have a property by accident."""

Numbers = dict[str, dict[int, str]]
"""Letters of numbered keys -> number -> the whole key."""

NEAR = Tolerance()


@dataclass(frozen=True, eq=False)
class Spot:
    """A part of the expected answer and the corresponding part of the answer."""

    keys: Keys
    expected: Any
    actual: Any

    @functools.cached_property
    def right(self) -> bool:
        """True if the two parts are equal."""
        return same(self.actual, self.expected)


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """The names of the parameters of a call, and the text of the function that was called, if it is known."""

    parameters: tuple[str, ...] = ()
    definition: ast.FunctionDef | None = None

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Yield the calls in the function of functions or methods of some names."""
        for node in ast.walk(self.definition) if self.definition else ():
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in names
            ):
                yield node


NAMELESS = Named()


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A wrong answer: the whole of it, its first wrong part, and the inputs of the call.

    `path` is the outcome's name of the wrong part. `way` lists the spots from the whole answer to the wrong
    part; `results` names the parts of the answer if it is a tuple. `elsewhere` has the other wrong numbers of
    the answer and of the other public cases, and the same part of those cases where it is right. A `small`
    answer has too few numbers to show a mistake by itself, and can only contradict one.
    """

    verdict: Verdict
    path: str
    way: tuple[Spot, ...]
    args: tuple[Any, ...]
    results: Sequence[str] = ()
    elsewhere: tuple[Evidence, ...] = ()
    named: Named = NAMELESS
    small: bool = False

    @property
    def whole(self) -> Spot:
        """The whole answer."""
        return self.way[0]

    @property
    def spot(self) -> Spot:
        """The first wrong part."""
        return self.way[-1]

    @property
    def examples(self) -> int | None:
        """m, the number of columns of the first matrix among the inputs; None if there is no matrix."""
        matrices = (arg for arg in self.args if isinstance(arg, np.ndarray) and arg.ndim == 2)
        return next((int(matrix.shape[1]) for matrix in matrices), None)

    def inputs(self) -> Iterator[Spot]:
        """Yield every array and number among the inputs; its keys begin with the argument's index."""
        return (spot for spot in spots(self.args, self.args) if not entries(spot.expected))

    def input_called(self, spot: Spot) -> str:
        """Return the name of an input or a part of it; "" if the parameters are not known."""
        first, *keys = spot.keys
        names = self.named.parameters
        return f"`{names[first]}{_indexed(tuple(keys))}`" if first < len(names) else ""

    def called(self, keys: Keys) -> str:
        """Return the name of a part of the answer."""
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


def evidence(
    outcome: Outcome, case: Case, actual: Any, results: Sequence[str] = (), named: Named = NAMELESS
) -> Evidence | None:
    """Return a wrong answer as `Evidence`.

    If the expected answer of the case is not what the answer was compared with, as under an earlier edition's
    convention, only the wrong part is included.

    Args:
        outcome: the outcome of the run.
        case: the test case, with the expected answer.
        actual: the answer.
        results: the names of the answer's parts, if it is a tuple.
        named: the names of the inputs, and the text of the function.

    Returns:
        the evidence, or None if the wrong part cannot be located.
    """
    every = list(spots(case.expected, actual))
    structural = outcome.verdict in {Verdict.WRONG_STRUCTURE, Verdict.WRONG_TYPE}
    for spot in every:
        here = _breaks(spot) if structural else _is_of(spot, outcome)
        if here and _may_be_called(outcome.path, spot.keys):
            way = tuple(s for s in every if s.keys == spot.keys[: len(s.keys)])
            return Evidence(outcome.verdict, outcome.path, way, case.call.args, results, named=named)
    if outcome.expected is None:
        return None
    way = (Spot((), outcome.expected, outcome.actual),)
    return Evidence(outcome.verdict, outcome.path, way, case.call.args, named=named)


def with_others(found: Evidence, others: Iterable[tuple[Case, Any]]) -> Evidence:
    """Return the evidence with what other public cases add to it.

    Args:
        found: a wrong answer.
        others: the other public cases, with the expected answers, and what was returned.

    Returns:
        the evidence, with `elsewhere`.
    """
    own = [spot for spot in spots(found.whole.expected, found.whole.actual) if spot.keys != found.spot.keys]
    there = [(spot, found.args) for spot in own if not spot.right]
    for case, actual in others:
        every = spots(case.expected, actual)
        there += [(spot, case.call.args) for spot in every if spot.keys == found.spot.keys or not spot.right]
    return replace(
        found,
        elsewhere=tuple(
            Evidence(
                found.verdict,
                found.path,
                (spot,),
                args,
                named=found.named,
                small=not _is_telling(spot.expected),
            )
            for spot, args in there
            if not entries(spot.expected) and numbers(spot.expected) is not None
        ),
    )


def ordinal(index: int) -> str:
    """Return the ordinal of an index: 0 is "first"."""
    return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"


def numbered(mapping: Mapping[Any, Any]) -> Numbers:
    """Return the keys of a dictionary that end in a number."""
    found: Numbers = {}
    for key in mapping:
        if isinstance(key, str) and (match := NUMBERED.fullmatch(key)):
            found.setdefault(match[1], {})[int(match[2])] = key
    return found


# ---------------------------------------------------------------- walking


def spots(expected: Any, actual: Any, keys: Keys = ()) -> Iterator[Spot]:
    """Yield every part that the answer shares with the expected answer, the whole first.

    Args:
        expected: the expected answer, or a part of it.
        actual: the answer, or the corresponding part.
        keys: the path from the whole answer to these parts.

    Returns:
        an iterator of spots, parents before children.
    """
    yield Spot(keys, expected, actual)
    for key in entries(expected):
        if key in entries(actual):
            yield from spots(expected[key], actual[key], (*keys, key))


def entries(value: Any) -> Collection[Any]:
    """Return the keys of a dictionary or the indices of a list or tuple; nothing for other values."""
    if isinstance(value, Mapping | Instance):
        return (value.attributes if isinstance(value, Instance) else value).keys()
    return range(len(value)) if isinstance(value, list | tuple) else ()


def _breaks(spot: Spot) -> bool:
    """Return whether the structure of the answer differs at a spot."""
    return kind(spot.expected) != kind(spot.actual) or set(entries(spot.expected)) != set(
        entries(spot.actual)
    )


def kind(value: Any) -> str:
    """Return the kind of a value, as far as structure is concerned."""
    if isinstance(value, Mapping):
        return "a dictionary"
    if isinstance(value, list | tuple):
        return "a sequence"
    return "numbers" if numbers(value) is not None else type(value).__name__


def _is_of(spot: Spot, outcome: Outcome) -> bool:
    return spot.expected is outcome.expected and spot.actual is outcome.actual


def _may_be_called(path: str, keys: Keys) -> bool:
    """Return whether a path may denote a spot; named results appear by name instead of index."""
    root = path.partition("[")[0]
    return path in {root + _indexed(keys), root + _indexed(keys[1:])}


def _indexed(keys: Keys) -> str:
    return "".join(f"[{key!r}]" for key in keys)


# ---------------------------------------------------------------- equality


def numbers(value: Any) -> Any:
    """Return a real number or array of real numbers as floats; None for anything else."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number | np.ndarray):
        return None
    try:
        array = np.asarray(value)
        return array.astype(np.float64, copy=False) if array.dtype.kind in "iuf" else None
    except OverflowError:  # an integer beyond the range of floats
        return None


def same(x: Any, y: Any) -> bool:
    """Return whether two values are equal within rounding; a list may equal a tuple.

    Args:
        x: a value.
        y: another value.

    Returns:
        True if they have the same structure and shapes, and equal leaves.
    """
    if entries(x) or entries(y):
        alike = kind(x) == kind(y) and set(entries(x)) == set(entries(y))
        return alike and all(same(x[key], y[key]) for key in entries(x))
    a, b = numbers(x), numbers(y)
    if a is None or b is None or not np.isfinite(b).all():
        return type(x) is type(y) and compare(x, y) is PASSED
    return a.shape == b.shape and close(a, b)


def both(spot: Spot) -> tuple[Any, Any]:
    """Return the expected and the actual numbers of a spot, each None if it is not numeric."""
    return numbers(spot.expected), numbers(spot.actual)


def fitting(spot: Spot) -> tuple[Any, Any]:
    """Return the expected and the actual numbers of a spot, or (None, None) if their shapes differ."""
    expected, actual = both(spot)
    if expected is None or actual is None or expected.shape != actual.shape:
        return None, None
    return expected, actual


def close(a: Any, b: Any) -> bool:
    """Return whether two arrays are finite and equal within rounding.

    Args:
        a: an array.
        b: an array whose shape may be broadcast to that of `a`.

    Returns:
        True if all elements are.
    """
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool(np.all(np.abs(a - b) <= NEAR.rtol * np.abs(b) + NEAR.atol * np.abs(b).max(initial=0)))


def distinctive(value: Any) -> bool:
    """Return whether a value is unlikely to equal another by accident, unlike zeros, ones and quarters."""
    if entries(value):
        return any(distinctive(value[key]) for key in entries(value))
    array = numbers(value)
    if array is None or not np.isfinite(array).all():
        return False
    return bool(np.any(array * 64 % 1)) or distinct(array) >= 4


def _is_telling(expected: Any) -> bool:
    """Return whether numbers are many and different enough to show a mistake."""
    return bool(np.size(expected) >= FEW and distinctive(expected))


def distinct(array: Any) -> int:
    """How many different numbers an array has. `np.unique` says so too, but first imports `numpy.ma`."""
    ordered = np.sort(array, axis=None)
    before, after = ordered[:-1], ordered[1:]
    return min(ordered.size, 1) + int(np.count_nonzero((before != after) & ~np.isnan(before)))
