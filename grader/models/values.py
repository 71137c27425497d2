"""Values that calls take and return, and the leaves inside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import Instance, Named

Value = Any
"""The type of arguments and answers: None, numbers, text, arrays, sets, tables; containers of them."""

Place = tuple[Hashable, ...]
"""The path to a leaf inside a value: keys, indices, attributes and labels of columns."""

Leaves = Mapping[Place, Value]

NUMERIC = "biufc"
"""The kinds of the dtypes of numbers."""


def leaves(value: Value, path: Place = ()) -> dict[Place, Value]:
    """Return the numbers, arrays, texts and sets inside a value, by their paths.

    Of a frame or series these are the arrays of its columns.

    Args:
        value: the value.
        path: the path of the value itself.

    Returns:
        path -> leaf, in order.
    """
    if isinstance(value, Mapping):
        items: Any = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    elif isinstance(value, _WHOLES) or (isinstance(value, np.ndarray) and value.dtype.kind == "O"):
        items = _parts(value)
    else:
        return {path: value}
    return {at: leaf for key, item in items for at, leaf in leaves(item, (*path, key)).items()}


def finite(value: Value) -> bool:
    """Return whether all numbers in an answer are finite."""
    found = [leaf for leaf in leaves(value).values() if isinstance(leaf, np.ndarray | float)]
    numbers = [array for array in map(np.asarray, found) if array.dtype.kind in NUMERIC]
    return all(np.isfinite(array).all() for array in numbers)


def rebuilt(value: Value, small: Callable[[Place, Value], Value], path: Place = ()) -> Value:
    """Return a value of the same structure with other leaves.

    Args:
        value: the value.
        small: returns the new leaf for a path and a leaf.
        path: the path of the value itself.

    Returns:
        the new value.
    """
    if isinstance(value, Mapping):
        return {key: rebuilt(item, small, (*path, key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        items = [rebuilt(item, small, (*path, i)) for i, item in enumerate(value)]
        if isinstance(value, Named):
            return Named(value._name, value._fields, items)
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, _WHOLES) or (isinstance(value, np.ndarray) and value.dtype.kind == "O"):
        return _with_parts(value, [rebuilt(part, small, (*path, key)) for key, part in _parts(value)])
    return small(path, value)


def without_values(value: Value) -> Value:
    """Return a value of the same types, structure, shapes and dtypes, with zeros and empty texts in it."""

    def emptied(_place: Place, leaf: Value) -> Value:
        if isinstance(leaf, np.ndarray):
            return np.zeros_like(leaf)
        if isinstance(leaf, Column):
            return dataclasses.replace(leaf, values=np.zeros_like(leaf.values))
        if isinstance(leaf, date | timedelta):
            return type(leaf).min
        return leaf if leaf is None else type(leaf)()

    return rebuilt(value, emptied)


# ---------------------------------------------------------------- objects and tables

_WHOLES = (Instance, Frame, Series, Labels)
"""The objects that have leaves."""


def _parts(value: Value) -> Iterable[tuple[Hashable, Value]]:
    """Return the parts of an object, a table or an array of objects, by the keys that lead to them."""
    if isinstance(value, Instance):
        return value.attributes.items()
    if isinstance(value, np.ndarray):
        return ((index if value.ndim > 1 else index[0], value[index]) for index in np.ndindex(value.shape))
    if isinstance(value, Frame):
        return zip(value.columns.listed(), map(_array_in, value.values), strict=True)
    return enumerate(map(_array_in, value.levels if isinstance(value, Labels) else (value.values,)))


def _array_in(column: Column) -> Value:
    """Return the array of a column; the column itself if the array has not all of it."""
    return column.values if column.missing is None and column.categories is None else column


def _with_parts(value: Value, parts: Sequence[Value]) -> Value:
    """Return a value of the same kind with other parts; a table has the rows of its columns."""
    if isinstance(value, Instance):
        return Instance(value.kind, value.name, dict(zip(value.attributes, parts, strict=True)))
    if isinstance(value, np.ndarray):
        return _array_of(value.shape, parts)
    old = value.levels if isinstance(value, Labels) else value.values
    columns = [_holding(*pair) for pair in zip(old if isinstance(old, tuple) else (old,), parts, strict=True)]
    if isinstance(value, Labels):
        return Labels(value.names, tuple(columns))
    rows = len(columns[0]) if columns and isinstance(columns[0].values, np.ndarray) else len(value)
    index = value.index if rows == len(value) else _resized(value.index, rows)
    if isinstance(value, Series):
        return Series(value.name, index, columns[0])
    return Frame(index, value.columns, tuple(columns))


def _holding(column: Column, values: Value) -> Column:
    """Return a column with other values, and the dtype that those have if they are of another kind."""
    if isinstance(values, Column) or not isinstance(values, np.ndarray):
        return values if isinstance(values, Column) else dataclasses.replace(column, values=values)
    same = values.dtype.kind == column.values.dtype.kind and column.dtype != str(column.values.dtype)
    return dataclasses.replace(column, values=values, dtype=column.dtype if same else str(values.dtype))


def _resized(index: Labels, rows: int) -> Labels:
    """Return labels of another number of rows: the first ones, or numbers where there are not as many."""
    if rows < len(index):
        return Labels(index.names, tuple(level.taken(np.arange(rows)) for level in index.levels))
    return Labels((None,), (Column("int64", np.arange(rows)),))


def _array_of(shape: tuple[int, ...], items: Sequence[Value]) -> Value:
    array = np.empty(len(items), object)
    for i, item in enumerate(items):  # NumPy would look into the items
        array[i] = item
    return array.reshape(shape)
