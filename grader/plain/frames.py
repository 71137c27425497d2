"""Data frames as plain values: labels and columns in NumPy arrays. Needs no pandas. Bundled for students."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

CATEGORY = "category"
TEXTS, OBJECTS = "texts", "objects"
WORDS = {
    "b": "truth values",
    "i": "whole numbers",
    "u": "whole numbers",
    "f": "numbers with a fraction",
    "c": "complex numbers",
    "U": TEXTS,
    "M": "dates",
    "m": "durations",
}


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a frame, or one level of its labels.

    `dtype` is the name that pandas gives, `values` an array of one axis. Where `missing` is true there is no
    value, whatever `values` has. Of categories, `values` has the codes, -1 for none.
    """

    dtype: str
    values: Any
    missing: Any = None
    categories: Column | None = None
    ordered: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kind(self) -> str:
        """The kind of its entries, in the words of messages; one of categories has that of its labels."""
        if self.categories is not None:
            return self.categories.kind
        if self.values.dtype.kind != "O":
            return WORDS.get(self.values.dtype.kind, OBJECTS)
        return TEXTS if all(isinstance(x, str | None) for x in self.values) else OBJECTS

    def taken(self, rows: Any) -> Column:
        """Return a column of some rows of this one, given their numbers."""
        missing = None if self.missing is None else self.missing[rows]
        return replace(self, values=self.values[rows], missing=missing)

    def entries(self) -> Any:
        """Return its entries as an array. Where one is missing they are objects, or numbers with NaN."""
        if self.categories is not None:
            labels = np.append(self.categories.entries().astype(object), [None])
            return labels[self.values] if (self.values < 0).any() else labels[:-1][self.values]
        if self.missing is None or not self.missing.any():
            return self.values
        if self.values.dtype.kind in "iuf":
            return np.where(self.missing, np.nan, self.values)
        entries = self.values.astype(object)
        entries[self.missing] = None
        return entries


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of rows or columns, an index: the name of each level, and its labels."""

    names: tuple[Any, ...]
    levels: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.levels[0])

    def listed(self) -> list[Any]:
        """Return the labels; of several levels, as tuples."""
        levels = [
            level.entries().tolist() if _listable(level) else [*level.entries()] for level in self.levels
        ]
        return levels[0] if len(levels) == 1 else list(zip(*levels, strict=True))


def _listable(column: Column) -> bool:
    return column.kind not in ("dates", "durations")  # as lists they would be integers


@dataclass(frozen=True, eq=False)
class Series:
    """A column with labels."""

    name: Any
    index: Labels
    values: Column

    def __len__(self) -> int:
        return len(self.index)


@dataclass(frozen=True, eq=False)
class Frame:
    """A table: the labels of its rows and of its columns, and each column."""

    index: Labels
    columns: Labels
    values: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.index)


TABLES = (Frame, Series, Labels)


def columns_of(value: Any) -> Sequence[Column]:
    """Return all columns inside a table, those of its labels among them."""
    if isinstance(value, Frame):
        return *value.index.levels, *value.columns.levels, *value.values
    return (*value.index.levels, value.values) if isinstance(value, Series) else value.levels


def check_table(value: Any) -> None:
    """Check that the parts of a table fit each other.

    Args:
        value: a frame, a series, labels or a column, of which each part is of the right type.

    Raises:
        ValueError: they do not.
    """
    if isinstance(value, Column):
        fits = _fits(value)
    elif isinstance(value, Labels):
        lengths = {len(level) for level in value.levels}
        fits = len(lengths) == 1 and len(value.names) == len(value.levels)
    elif isinstance(value, Series):
        fits = len(value.index) == len(value.values)
    else:
        lengths = {len(value.index), *map(len, value.values)}
        fits = len(lengths) == 1 and len(value.columns) == len(value.values)
    if not fits:
        raise ValueError("the parts of a table do not fit")


def _fits(column: Column) -> bool:
    values, missing, categories = column.values, column.missing, column.categories
    if values.ndim != 1 or (missing is not None and (missing.dtype != bool or missing.shape != values.shape)):
        return False
    if categories is None:
        return values.dtype.kind in "biufcUMmO"
    codes = values.dtype.kind == "i" and categories.categories is None
    return codes and bool(((values >= -1) & (values < len(categories))).all())
