"""Vary the inputs of test cases, each time by one kind of input that may be missing from them."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.models.assignment import Exercise
from grader.models.execution import Call
from grader.models.values import Place, Value, leaves, rebuilt
from grader.plain.frames import Frame, Labels, Series
from grader.plain.records import Instance

MOST = 400
"""The largest number of variations of one exercise, for those with many arguments."""

LENGTHS = (1, 2, 6)
"""The numbers of entries that a series is varied to."""

NUMBERED = re.compile(r"((?:.*\D)?)(\d++)")
"""A key of a numbered series, such as W1."""


class Variation(NamedTuple):
    """A call that varies one of a test case, and the kind of input that is new in it."""

    kind: str
    call: Call


def variations(exercise: Exercise, constants: Sequence[Value]) -> list[Variation]:
    """Return at most `MOST` variations of the smallest and the largest case of an exercise.

    Which inputs are valid is not declared: the caller drops those on which the reference fails.

    Args:
        exercise: the exercise with its cases.
        constants: numbers and strings that the function may compare its inputs with, so they are tried.

    Returns:
        the variations, numbers first.
    """
    cases = sorted(exercise.cases, key=lambda case: sum(map(np.size, leaves(case.call.args).values())))
    found = (
        Variation(kind, dataclasses.replace(case.call, args=tuple(varied.values())))
        for vary in (_numbers, _lengths, _sizes, _types, _options)
        for case in dict.fromkeys((cases[0], cases[-1]))
        for kind, varied in vary(dict(zip(exercise.parameters, case.call.args, strict=True)), constants)
    )
    with np.errstate(all="ignore"):  # overflow is just another number
        return list(itertools.islice(found, MOST))


Arguments = Mapping[str, Value]
Varied = Iterator[tuple[str, Arguments]]


# ---------------------------------------------------------------- numbers


Change = Callable[[np.ndarray], np.ndarray]

NUMBERS: Mapping[str, Change] = {
    "negative numbers": lambda x: -np.abs(x),
    "positive numbers": np.abs,
    "numbers of both signs": lambda x: np.abs(x) * np.resize([1, -1], x.shape),
    "equal numbers": lambda x: np.full_like(x, x.flat[0]),
    "large numbers": lambda x: x * 1000,
    "tiny numbers": lambda x: x / 1000,
    "different numbers between 0 and 1": lambda x: np.linspace(0.2, 0.8, x.size).reshape(x.shape),
    "different numbers above 1": lambda x: np.linspace(2, 9, x.size).reshape(x.shape),
    "small whole numbers, whose sums are often 0,": lambda x: np.random.default_rng(0).integers(
        -1, 2, x.shape
    ),
}


def _exactly(number: float) -> Change:
    """Return a change that puts a number into the first place of an array and every third after it."""

    def change(array: np.ndarray) -> np.ndarray:
        replaced = array.astype(float)
        replaced.flat[::3] = number
        return replaced

    return change


def _numbers(arguments: Arguments, constants: Sequence[Value]) -> Varied:
    """Yield variations of the numbers in one array, then in all arrays."""
    exact = dict.fromkeys((0, 1, *(number for number in constants if isinstance(number, int | float))))
    changes: dict[str, Change] = {f"an exact {number:g}": _exactly(number) for number in exact}
    changes |= NUMBERS
    found = {place: leaf for place, leaf in leaves(arguments).items() if _holds_numbers(leaf)}
    for place, leaf in found.items():
        for kind, change in changes.items():
            yield f"{kind} in {_called(place)}", _with(arguments, {place: _changed(leaf, change)})
    for kind, change in changes.items():
        changed = {place: _changed(leaf, change) for place, leaf in found.items()}
        yield f"{kind} in every array", _with(arguments, changed)


def _holds_numbers(leaf: Value) -> bool:
    if isinstance(leaf, np.ndarray):
        return leaf.size > 0 and leaf.dtype.kind in "if"
    return isinstance(leaf, float)


def _changed(leaf: Value, change: Change) -> Value:
    """Return a value of the same shape and type with other numbers."""
    array = np.asarray(leaf)
    changed = change(array).astype(array.dtype)
    return changed if isinstance(leaf, np.ndarray) else changed.item()


# ---------------------------------------------------------------- lengths and sizes


def _lengths(arguments: Arguments, _constants: Sequence[Value]) -> Varied:
    """Yield variations with fewer and more entries in every series, and with keys outside of any series.

    Added entries are copies, which fit each other where all sizes are equal.
    """
    alike = _with(arguments, {place: _of_size_2(leaf) for place, leaf in leaves(arguments).items()})
    for length, start in itertools.product(LENGTHS, (arguments, alike)):
        varied = {name: _of_length(value, length) for name, value in start.items()}
        series = [_called((name,)) for name, value in varied.items() if value is not start[name]]
        if series:
            yield f"{length} of each series in {_listed(series)}", varied
    for name, value in arguments.items():
        if isinstance(value, Mapping) and value:
            more = dict.fromkeys(("other", "another"), next(iter(value.values())))
            yield f"other keys in {_called((name,))}", {**arguments, name: {**value, **more}}


def _of_size_2(leaf: Value) -> Value:
    if isinstance(leaf, np.ndarray):
        for axis in range(leaf.ndim):
            leaf = _resized(leaf, axis, min(2, leaf.shape[axis]))
    return leaf


def _of_length(value: Value, length: int) -> Value:
    """Return a list or tuple of a given length, or a dictionary with as many of each numbered key.

    Other values are returned unchanged.
    """
    if isinstance(value, list | tuple) and value:
        return _first(value, length) if isinstance(value, list) else tuple(_first(value, length))
    if not isinstance(value, Mapping) or not any(NUMBERED.fullmatch(str(key)) for key in value):
        return value
    series: defaultdict[str, dict[int, Value]] = defaultdict(dict)
    for key, entry in value.items():
        if numbered := NUMBERED.fullmatch(str(key)):
            series[numbered[1]][int(numbered[2])] = entry
    return {
        f"{name}{number}": entry
        for name, entries in series.items()
        for number, entry in enumerate(_first([*entries.values()], length), min(entries))
    }


def _first(entries: Sequence[Value], length: int) -> list[Value]:
    """Return the first `length` entries, padded in front with copies of the first one."""
    return [*[entries[0]] * (length - len(entries)), *entries][:length]


Axis = tuple[Place, int]


def _sizes(arguments: Arguments, _constants: Sequence[Value]) -> Varied:
    """Yield variations of the size of axes that have the same one: of all of them, of two, of one."""
    arrays = {place: leaf for place, leaf in leaves(arguments).items() if isinstance(leaf, np.ndarray)}
    sizes = {(place, axis): n for place, leaf in arrays.items() for axis, n in enumerate(leaf.shape) if n}
    for size in dict.fromkeys(sizes.values()):
        same = [at for at, other in sizes.items() if other == size]
        for axes in dict.fromkeys((tuple(same), *itertools.combinations(same, 2), *zip(same, strict=True))):
            where = _listed([f"axis {axis} of {_called(place)}" for place, axis in axes])
            for new in {1, size + 1} - {size}:
                changed = dict(arrays)
                for place, axis in axes:
                    changed[place] = _resized(changed[place], axis, new)
                yield f"size {new} along {where}", _with(arguments, changed)


def _resized(array: np.ndarray, axis: int, size: int) -> np.ndarray:
    """Return an array of another size along one axis, repeating its entries."""
    resized: np.ndarray = np.take(array, np.arange(size) % array.shape[axis], axis)
    return resized


# ---------------------------------------------------------------- types and options

TYPES: Mapping[str, Change] = {
    "integers": lambda x: np.ceil(x).astype(int),
    "floats": lambda x: x.astype(float),
    "an array of one axis": np.ravel,
    "an array with one axis more": lambda x: x[..., np.newaxis],
    "an array without axes": lambda x: x.ravel()[:1].reshape(()),
}


def _types(arguments: Arguments, _constants: Sequence[Value]) -> Varied:
    """Yield variations with an array of another dtype or rank; a column of a table has one axis."""
    for place, leaf in leaves(arguments).items():
        if isinstance(leaf, np.ndarray) and _holds_numbers(leaf):
            is_column = _is_in_table(arguments, place)
            for kind, change in TYPES.items():
                changed = change(leaf)
                if changed.ndim == 1 or not is_column:
                    yield f"{kind} as {_called(place)}", _with(arguments, {place: changed})


def _options(arguments: Arguments, constants: Sequence[Value]) -> Varied:
    """Yield variations with another integer, boolean or string."""
    for place, leaf in leaves(arguments).items():
        others: Sequence[Value] = ()
        if isinstance(leaf, bool):
            others = (not leaf,)
        elif isinstance(leaf, int):
            others = (1, 2, leaf + 1, 0, -leaf)
        elif isinstance(leaf, str):
            others = (*(text for text in constants if isinstance(text, str)), "other")
        for other in others:
            yield f"{other!r} as {_called(place)}", _with(arguments, {place: other})


# ---------------------------------------------------------------- places


def _with(arguments: Arguments, changed: Mapping[Place, Value]) -> Arguments:
    new: Arguments = rebuilt(arguments, changed.get)
    return new


def _is_in_table(arguments: Arguments, place: Place) -> bool:
    value: Any = arguments
    for key in place:
        if isinstance(value, Frame | Series | Labels):
            return True
        inside: Any = value.attributes if isinstance(value, Instance) else value
        value = inside[key]
    return False


def _called(place: Place) -> str:
    return f"`{place[0]}{''.join(f'[{key!r}]' for key in place[1:])}`"


def _listed(items: Sequence[str]) -> str:
    """Return items joined by `and`; of many, the first three."""
    shown = " and ".join(items[:3])
    return f"{shown} and {len(items) - 3} more" if len(items) > 3 else shown
