"""Traverse data frames, series and indices by their columns and labels. Bundled for students."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.comparison.contrast import shortly
from grader.comparison.kinds import Leaf, Table, count, keys, kind, of_type
from grader.comparison.verdict import Outcome, Verdict
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.pandas_frames import ForeignColumnError, plain_frame


def leaves_of_table(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Yield the columns of a table as leaves, and an outcome where columns, rows or kinds differ.

    Names of an index and of a series are free, as are the dtypes that hold entries of one kind.

    Args:
        path: the path of the table.
        expected: the expected frame, series or index.
        actual: its counterpart, which may be of pandas.

    Returns:
        an iterator of leaves and outcomes.
    """
    table = _plain(actual)
    if type(table) is not type(expected):
        yield of_type(path, kind(expected), actual if table is None else table)
        return
    yield from _LEAVES[type(expected)](path, expected, table)


def _plain(actual: Any) -> Any:
    """Return a table as plain values; None if it is none, or has columns that cannot be compared."""
    if isinstance(actual, Frame | Series | Labels):
        return actual
    try:
        return plain_frame(actual)
    except ForeignColumnError:
        return None


def _leaves_of_frame(path: str, expected: Frame, actual: Frame) -> Iterator[Leaf | Outcome]:
    theirs, yours = expected.columns.listed(), actual.columns.listed()
    outcome = _other_columns(path, theirs, yours) or _other_rows(path, expected, actual)
    if outcome is not None:
        yield outcome
        return
    labels = expected.index.listed()
    yield from _leaves_of_index(path, expected, actual)
    for name, e, a in zip(theirs, expected.values, actual.values, strict=True):
        places = functools.partial(_place, f"{path}.loc[", f", {_label(name)}]", labels)
        where = f"{path}[{_label(name)}]"
        yield from _leaves_of_column(where, e, a, Table(path, expected, actual, places))


def _leaves_of_series(path: str, expected: Series, actual: Series) -> Iterator[Leaf | Outcome]:
    outcome = _other_rows(path, expected, actual)
    if outcome is not None:
        yield outcome
        return
    yield from _leaves_of_index(path, expected, actual)
    places = functools.partial(_place, f"{path}.loc[", "]", expected.index.listed())
    yield from _leaves_of_column(path, expected.values, actual.values, Table(path, expected, actual, places))


def _leaves_of_index(path: str, expected: Frame | Series, actual: Frame | Series) -> Iterator[Leaf | Outcome]:
    yield from _leaves_of_labels(f"{path}.index", expected.index, actual.index, (path, expected, actual))


def _leaves_of_labels(
    path: str, expected: Labels, actual: Labels, whole: tuple[str, Any, Any] | None = None
) -> Iterator[Leaf | Outcome]:
    outcome = _other_rows(path, expected, actual)
    if outcome is None and len(expected.levels) != len(actual.levels):
        levels = count(len(actual.levels), "level")
        reason = f"{path} has {levels}, expected {len(expected.levels)}."
        outcome = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    if outcome is not None:
        yield outcome
        return
    for i, (e, a) in enumerate(zip(expected.levels, actual.levels, strict=True)):
        level = path if len(expected.levels) == 1 else f"{path}.get_level_values({i})"
        places = functools.partial(_place, f"{level}[", "]", range(len(e)))
        table, theirs, yours = whole or (path, expected, actual)
        yield from _leaves_of_column(level, e, a, Table(table, theirs, yours, places))


def _leaves_of_column(path: str, expected: Column, actual: Column, table: Table) -> Iterator[Leaf | Outcome]:
    if len(expected) == 0:
        return  # nothing is of a wrong kind
    if expected.kind != actual.kind:
        reason = f"{path} holds {actual.kind}, expected {expected.kind}."
        yield Outcome(Verdict.WRONG_DTYPE, reason, "", table.path, table.actual, table.expected)
        return
    theirs, yours = expected.entries(), actual.entries()
    if "O" in (theirs.dtype.kind, yours.dtype.kind):
        theirs, yours = theirs.astype(object), yours.astype(object)
    yield Leaf(path, theirs, yours, table)


_LEAVES: dict[type, Callable[[str, Any, Any], Iterator[Leaf | Outcome]]] = {
    Frame: _leaves_of_frame,
    Series: _leaves_of_series,
    Labels: _leaves_of_labels,
}


# ---------------------------------------------------------------- labels


def _other_columns(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome | None:
    missing = [name for name in expected if name not in actual]
    extra = [name for name in actual if name not in expected]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word} {keys(missing, actual)}.", path=path)
    if extra:
        reason = f"{path} has {count(len(extra), 'column')} too many."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
    if len(actual) != len(expected):
        reason = f"{path} has {count(len(actual), 'column')}, expected {len(expected)}."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    if list(actual) != list(expected):
        reason = f"The columns of {path} are in another order, expected {keys(expected)}."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
    return None


def _other_rows(path: str, expected: Any, actual: Any) -> Outcome | None:
    if len(actual) == len(expected):
        return None
    noun = "label" if isinstance(expected, Labels) else "row"
    reason = f"{path} has {count(len(actual), noun)}, expected {len(expected)}."
    return Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)


def _place(before: str, after: str, labels: Sequence[Any], row: int) -> str:
    """Return the place of a row, by its label, as Python would write it."""
    return f"{before}{_label(labels[row])}{after}"


def _label(label: Any) -> str:
    return shortly(str(label) if isinstance(label, np.generic) else label)
