"""Show two answers side by side, as small tables with the wrong entries marked."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.comparison.contrast import excerpts
from grader.comparison.elements import different
from grader.comparison.verdict import Tolerance
from grader.models.values import Value
from grader.plain.frames import TABLES, Frame, Labels, Series
from grader.reports.sanitize import harmless, one_line

SIDE = 8
"""The number of rows and columns shown of a larger array."""

WIDTH = 36
"""Characters that a table may be wide, so that none scrolls on a telephone; but two columns are shown."""

DIGITS = (6, 9, 17)
"""Significant digits to try until a wrong entry prints differently from the expected one."""

_WHOLE = re.compile(r"[^.e]*")
"""The part of a number before its point or exponent."""

Array = NDArray[Any]
Table = Frame | Series | Labels


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a matrix, as text."""

    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """A value as a table.

    `rows` and `columns` are indices, or labels of a data frame, with None where some are left out; without
    `columns` the value is a single entry, without `rows` it has one axis. `plane` is the part shown of an
    array of more than two axes, as Python would index it.
    """

    shape: str
    plane: str
    columns: tuple[int | str | None, ...]
    rows: tuple[int | str | None, ...]
    entries: tuple[tuple[Entry | None, ...], ...]


def side_by_side(actual: Value, expected: Value) -> tuple[Matrix, Matrix]:
    """Return an answer and the expected one as tables of the same part of the array.

    At most `SIDE` by `SIDE` entries are shown, around the first wrong one. Entries are marked wrong where
    both are of one shape and some are right. Numbers of a column are aligned on the decimal point.

    Args:
        actual: the student's answer.
        expected: the reference's.

    Returns:
        the two tables.
    """
    if isinstance(expected, TABLES) and isinstance(actual, TABLES):
        return _tables(actual, expected)
    ours, theirs = _array(actual), _array(expected)
    if ours.shape != theirs.shape:
        return _unlike(ours), _unlike(theirs)
    return _matrices(ours, theirs, _wrong(ours, theirs))


def is_number(value: Value) -> bool:
    """Return whether a value is a single number, which a message shows as well as a table."""
    plain = isinstance(value, int | float | complex | np.generic | np.ndarray)
    return plain and np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biufc"


def _matrices(ours: Array, theirs: Array, wrong: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    digits = _digits(ours[wrong], theirs[wrong])
    columns = min(
        _columns(_matrix(*one)) for one in ((ours, wrong, digits, theirs), (theirs, wrong, digits, ours))
    )
    pair = _matrix(ours, wrong, digits, theirs, columns), _matrix(theirs, wrong, digits, ours, columns)
    return pair if not wrong.all() else (_unmarked(pair[0]), _unmarked(pair[1]))


def _unlike(array: Array) -> Matrix:
    """Return an array that is of another shape than the other."""
    nothing = np.zeros(array.shape, bool)
    return _matrix(array, nothing, side=_columns(_matrix(array, nothing)))


def _columns(matrix: Matrix) -> int:
    """Return how many columns of a matrix there is room for."""
    widest = max((len(entry.text) for row in matrix.entries for entry in row if entry), default=0)
    return max(2, min(SIDE, WIDTH // (widest + 1)))


def _unmarked(matrix: Matrix) -> Matrix:
    """Return a matrix without marks: where all is wrong they tell nothing."""
    rows = tuple(tuple(entry and Entry(entry.text, wrong=False) for entry in row) for row in matrix.entries)
    return dataclasses.replace(matrix, entries=rows)


def _tables(actual: Table, expected: Table) -> tuple[Matrix, Matrix]:
    """Return two data frames, series or indices as tables with their own labels."""
    ours, theirs = _entries(actual), _entries(expected)
    if ours.shape != theirs.shape:
        yours, right = _unlike(ours), _unlike(theirs)
    else:
        yours, right = _matrices(ours, theirs, different(ours, theirs))
    return _labelled(yours, actual), _labelled(right, expected)


def _entries(table: Table) -> Array:
    """Return the entries of a table as objects, (rows, columns)."""
    columns = table.levels if isinstance(table, Labels) else table.values
    lists = [column.entries() for column in (columns if isinstance(columns, tuple) else (columns,))]
    entries = np.empty((len(table), len(lists)), object)
    for i, column in enumerate(lists):
        entries[:, i] = [*column]
    return entries


def _labelled(matrix: Matrix, table: Table) -> Matrix:
    """Return a matrix with the labels of a table in place of its indices."""
    rows: Sequence[Value] = range(len(table)) if isinstance(table, Labels) else table.index.listed()
    names = table.names if isinstance(table, Labels) else (getattr(table, "name", None),)
    columns = table.columns.listed() if isinstance(table, Frame) else ["" if n is None else n for n in names]
    size = f"{len(table)} {'row' if len(table) == 1 else 'rows'}"
    return dataclasses.replace(
        matrix,
        shape=f"{size}, {len(columns)} columns" if isinstance(table, Frame) else size,
        rows=tuple([None if row is None else _label(rows[int(row)]) for row in matrix.rows]),
        columns=tuple(
            [None if column is None else _label(columns[int(column)]) for column in matrix.columns]
        ),
    )


def _label(label: Value) -> str:
    return one_line(str(label), limit=40)


def _array(value: Value) -> Array:
    """Return a number or array as an array; anything else in an array without axes."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, bool | float | complex | np.generic):
        return np.asarray(value)
    boxed = np.empty((), object)
    boxed[()] = value
    return boxed


def _wrong(actual: Array, expected: Array) -> NDArray[np.bool_]:
    """Return which entries differ by more than the default tolerance, or are NaN in one only."""
    if actual.ndim == 0:
        return np.ones((), bool)
    kinds = actual.dtype.kind + expected.dtype.kind
    if not set(kinds) <= set("biufc"):
        same = actual.dtype.kind == expected.dtype.kind
        return np.asarray(different(actual, expected)) if same else np.ones(actual.shape, bool)
    if "f" not in kinds and "c" not in kinds:
        return np.asarray(actual != expected)
    tolerance = Tolerance()
    with np.errstate(all="ignore"):
        scale = np.abs(np.where(np.isfinite(expected), expected, 0)).max(initial=0)
        atol = tolerance.atol * scale
        close = np.isclose(actual, expected, rtol=tolerance.rtol, atol=atol, equal_nan=True)
        return np.asarray(~close)


def _matrix(
    array: Array,
    wrong: NDArray[np.bool_],
    digits: int = DIGITS[0],
    other: Array | None = None,
    side: int = SIDE,
) -> Matrix:
    """Return the part of an array around its first wrong entry; long entries as they differ from `other`."""
    first = tuple(int(i) for i in np.argwhere(wrong)[0]) if wrong.any() else (0,) * array.ndim
    shape = f"shape {array.shape}" if array.ndim else ""
    if array.size == 0:
        return Matrix(shape, "", (), (), ())
    lead, last = first[:-2], first[-2:]
    plane = f"[{', '.join(map(str, lead))}, :, :]" if lead else ""
    windows = zip(array.shape[-2:], last, (SIDE, side)[-array.ndim :] if array.ndim else (), strict=False)
    rows, columns = ((), (), *(_window(*window) for window in windows))[-2:]
    here: Any = (*lead, ...)  # the ellipsis keeps what has no axes an array
    numbers, marks = np.atleast_2d(array[here]), np.atleast_2d(wrong[here])
    others = numbers if other is None else np.atleast_2d(other[here])
    lines = []
    for c in columns or (0,):
        column = [
            None if r is None or c is None else _text(numbers[r, c], digits, others[r, c])
            for r in rows or (0,)
        ]
        lines.append(_aligned(column) if numbers.dtype.kind in "iufc" else column)
    entries = tuple(
        tuple(
            None if text is None else Entry(text, bool(marks[r, c]))
            for c, text in zip(columns or (0,), row, strict=True)
        )
        for r, row in zip(rows or (0,), zip(*lines, strict=True), strict=True)
    )
    return Matrix(shape, plane, columns, rows, entries)


def _aligned(column: Sequence[str | None]) -> list[str | None]:
    """Return the numbers of a column with spaces after them, so that their points stand below each other."""
    tails = [0 if text is None else len(text) - len(_WHOLE.match(text)[0]) for text in column]  # type: ignore[index]
    most = max(tails, default=0)
    return [
        text if text is None else text + " " * (most - tail) for text, tail in zip(column, tails, strict=True)
    ]


def _window(length: int, first: int, side: int) -> tuple[int | None, ...]:
    """Return at most `side` indices of an axis around `first`, with None where others are left out."""
    start = max(0, min(first - side // 2, length - side))
    stop = min(length, start + side)
    before: tuple[None, ...] = (None,) if start else ()
    after: tuple[None, ...] = (None,) if stop < length else ()
    return (*before, *range(start, stop), *after)


def _digits(actual: Array, expected: Array) -> int:
    """Return the fewest of `DIGITS` with which the first wrong entries print differently."""
    pairs = list(zip(actual[:SIDE], expected[:SIDE], strict=True))
    for digits in DIGITS:
        if all(_text(a, digits, e) != _text(e, digits, a) for a, e in pairs):
            return digits
    return DIGITS[0]


def _text(value: Value, digits: int, other: Value) -> str:
    """Return an entry as text: a long one where it differs from the other, if it does."""
    if isinstance(value, bool | np.bool_ | np.integer):
        return str(value)
    if isinstance(value, float | complex | np.inexact):
        return f"{value:.{digits}g}"
    if isinstance(value, int) and value.bit_length() > 64:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, np.datetime64 | date | timedelta):
        return str(value)
    return harmless(excerpts(value, other)[0])
