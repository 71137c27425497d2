"""Write values as Python source that can be pasted into a notebook: arrays as `np.array(...)`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.models.value_text import called, table
from grader.models.values import Value, leaves
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import Instance, Named

FEW = 200
"""Entries of an argument up to which it is written whole, elsewhere described."""

LINE = 60
"""Characters up to which a value stays on one line."""

_USUAL = frozenset(("float64", "int64", "bool", "complex128"))
"""The dtypes that `np.array` gives to numbers by itself."""


def call_source(name: str, args: Sequence[Value]) -> str:
    """Return a call by position, as the names of parameters differ between editions.

    Args:
        name: the function.
        args: its arguments.

    Returns:
        Python source in one line.
    """
    return f"{name}({_listed(args)})"


def arguments_source(parameters: Iterable[str], args: Iterable[Value]) -> str:
    """Return statements that set the arguments of a call, one a line; large ones are described.

    Args:
        parameters: the names.
        args: the values.

    Returns:
        lines of text.
    """
    texts = ((name, _at_most(value)) for name, value in zip(parameters, args, strict=False))
    return "\n".join(f"{name} = {_in_rows(text)}" for name, text in texts)


def _in_rows(text: str) -> str:
    """Return source with the rows of arrays below each other, if it is long."""
    return text if len(text) <= LINE else text.replace("], [", "],\n    [")


def source(value: Value) -> str:
    """Return a value as Python source; what has no short source as its `repr`."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Named | Instance):
        return called(value, source)
    if isinstance(value, list):
        return f"[{_listed(value)}]"
    if isinstance(value, tuple):
        return f"({_listed(value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(source, value))) + "}" if value else "set()"
    if isinstance(value, Frame | Series | Labels | Column):
        return table(value, source, "pd.")
    if isinstance(value, float | np.floating):
        return _number(float(value))
    return str(value) if isinstance(value, np.integer | np.bool_) else repr(value)


def _listed(values: Iterable[Value]) -> str:
    return ", ".join(map(source, values))


def _at_most(value: Value) -> str:
    """Return a value as source, or a comment that describes it if it is large."""
    found = [leaf for leaf in leaves(value).values() if isinstance(leaf, np.ndarray | Column)]
    if sum(len(leaf) if isinstance(leaf, Column) else leaf.size for leaf in found) <= FEW:
        return source(value)
    if isinstance(value, np.ndarray):
        return f"...  # an array of shape {value.shape}, {value.dtype}"
    shapes = ", ".join(str(leaf.shape) for leaf in found if isinstance(leaf, np.ndarray))
    return f"...  # with arrays of the shapes {shapes}" if shapes else "...  # a large table"


def _array(array: np.ndarray[Any, Any]) -> str:
    kind = f", dtype='{array.dtype}'"
    if array.size == 0:
        return f"np.zeros({array.shape}{'' if array.dtype == float else kind})"
    plain = array.dtype.name in _USUAL or array.dtype.kind == "U"
    entries = array.astype(str) if array.dtype.kind in "mM" else array
    return f"np.array({_entries(entries.tolist())}{'' if plain else kind})"


def _entries(entries: Any) -> str:
    if isinstance(entries, list):
        return f"[{', '.join(map(_entries, entries))}]"
    return _number(entries) if isinstance(entries, float) else repr(entries)


def _number(number: float) -> str:
    if not math.isfinite(number):
        return "np.nan" if math.isnan(number) else f"{'-' * (number < 0)}np.inf"
    text = f"{number:.8g}"
    return f"{text}." if text.lstrip("-").isdigit() else text
