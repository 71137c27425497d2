"""Format values as short Python source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.models.values import Value
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import RANGE, Instance, Named


def compact(value: Value) -> str:
    """Format a value as Python source, with six significant digits."""
    if isinstance(value, np.ndarray):
        return compact((value.astype(str) if value.dtype.kind in "mM" else value).tolist())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{compact(key)}: {compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Named | Instance):
        return called(value)
    if isinstance(value, list):
        return "[" + _listed(value) + "]"
    if isinstance(value, tuple):
        return "(" + _listed(value) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(compact, value))) + "}" if value else "set()"
    if isinstance(value, Frame | Series | Labels | Column):
        return table(value)
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    plain = isinstance(value, int | np.integer | np.bool_ | np.datetime64 | np.timedelta64)
    return str(value) if plain else repr(value)


def _listed(values: Sequence[Value]) -> str:
    return ", ".join(map(compact, values))


def called(value: Named | Instance, write: Callable[[Value], str] = compact) -> str:
    """Format a named tuple or object as the call that makes it.

    Args:
        value: the value.
        write: formats its parts.

    Returns:
        Python source.
    """
    if isinstance(value, Named):
        name, parts = value._name, dict(zip(value._fields, value, strict=True))
    else:
        name, parts = value.name, dict(value.attributes)
    if name == RANGE:
        return f"range({', '.join(map(write, parts.values()))})"
    return f"{name}({', '.join(f'{part}={write(item)}' for part, item in parts.items())})"


def table(
    value: Frame | Series | Labels | Column, write: Callable[[Value], str] = compact, module: str = ""
) -> str:
    """Format a table as the call of pandas that makes it; rows that are merely numbered have no labels.

    Args:
        value: the table, or a part of one.
        write: formats its parts.
        module: what stands before the names of pandas, such as `pd.`.

    Returns:
        Python source.
    """
    if isinstance(value, Column):
        return write(value.entries())
    if isinstance(value, Labels):
        return f"{module}Index({write(value.listed())})"
    rows = value.index.listed()
    index = "" if rows == [*range(len(rows))] else f", index={write(rows)}"
    if isinstance(value, Series):
        return f"{module}Series({write(value.values)}{index})"
    columns = zip(value.columns.listed(), value.values, strict=True)
    made = ", ".join(f"{name!r}: {write(column)}" for name, column in columns)
    return f"{module}DataFrame({{{made}}}{index})"
