"""Turn data frames of pandas into plain values and back, where pandas is installed. Bundled for students."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import numpy as np

from grader.plain.frames import CATEGORY, OBJECTS, TEXTS, Column, Frame, Labels, Series

WIDEST = 1 << 24
"""Characters that a column of texts may take as an array; longer ones stay objects."""


class ForeignColumnError(ValueError):
    """A column has a dtype that does not cross; the text is its name."""


def plain_frame(value: Any) -> Any:
    """Return a frame, series, index, time stamp or time difference of pandas as a plain value.

    Args:
        value: any object.

    Returns:
        the plain value; None if it is nothing of pandas.

    Raises:
        ForeignColumnError: a column is of a kind that does not cross.
    """
    pandas = sys.modules.get("pandas")
    if pandas is None or not hasattr(pandas, "DataFrame"):  # nobody can have made one
        return None
    kind = type(value)
    if kind is pandas.DataFrame:
        columns = tuple(_column(value.iloc[:, i]) for i in range(value.shape[1]))
        return Frame(_labels(value.index), _labels(value.columns), columns)
    if kind is pandas.Series:
        return Series(_name(value.name), _labels(value.index), _column(value))
    if issubclass(kind, pandas.Index) and kind.__module__.partition(".")[0] == "pandas":
        return _labels(value)
    if kind in (pandas.Timestamp, pandas.Timedelta):
        return value.tz_convert("UTC").tz_localize(None).to_numpy() if _zoned(value) else value.to_numpy()
    return np.datetime64("NaT") if value is pandas.NaT else None


def _zoned(value: Any) -> bool:
    return getattr(value, "tzinfo", None) is not None


def _labels(index: Any) -> Labels:
    names = tuple(map(_name, index.names))
    return Labels(names, tuple(_column(index.get_level_values(i)) for i in range(index.nlevels)))


def _name(name: Any) -> Any:
    return name.item() if isinstance(name, np.generic) else name


def _column(data: Any) -> Column:
    """Return a series or an index of one level as a column."""
    dtype, name = data.dtype, str(data.dtype)
    if name == CATEGORY:
        array = data.array
        codes = np.asarray(array.codes, np.int64)
        return Column(name, codes, None, _column(array.categories), bool(array.ordered))
    if name.startswith("datetime64[") and not isinstance(dtype, np.dtype):  # in a time zone
        return Column(name, np.asarray(data.array.tz_convert("UTC").tz_localize(None)))
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return Column(name, np.array(data))
    missing = np.array(data.isna(), bool)
    held = missing if missing.any() else None
    if isinstance(dtype, np.dtype) or name in ("str", "string"):
        return _texts(name, np.array(data, object), missing, held)
    numbers = getattr(dtype, "numpy_dtype", None)
    if not isinstance(numbers, np.dtype) or numbers.kind not in "biuf" or "[" in name:
        raise ForeignColumnError(name)
    return Column(name, data.to_numpy(dtype=numbers, na_value=numbers.type(0)), held)


def _texts(name: str, values: Any, missing: Any, held: Any) -> Column:
    """Return a column of objects, which are texts mostly."""
    texts = ["" if gone else value for value, gone in zip(values, missing, strict=True)]
    if any(type(text) is not str for text in texts):
        return Column(name, values)
    widest = max(map(len, texts), default=0)
    if len(texts) * widest > WIDEST or any(text.endswith("\0") for text in texts):
        values[missing] = None
        return Column(name, values)
    return Column(name, np.array(texts, f"U{max(widest, 1)}"), held)


# ---------------------------------------------------------------- plain values -> frames


def real_frame(value: Frame | Series | Labels) -> Any:
    """Return the object of pandas that a plain value stands for.

    Raises:
        ImportError: pandas is not installed.
        ValueError: its parts do not fit each other.
    """
    pandas: Any = importlib.import_module("pandas")
    if isinstance(value, Labels):
        return _index(pandas, value)
    if isinstance(value, Series):
        return pandas.Series(_values_of(pandas, value.values), _index(pandas, value.index), name=value.name)
    index = _index(pandas, value.index)
    made = pandas.DataFrame({i: _values_of(pandas, c) for i, c in enumerate(value.values)}, index)
    made.columns = _index(pandas, value.columns)
    return made


def _index(pandas: Any, labels: Labels) -> Any:
    arrays = [_values_of(pandas, level) for level in labels.levels]
    if len(arrays) > 1:
        return pandas.MultiIndex.from_arrays(arrays, names=labels.names)
    first = labels.levels[0]
    if first.dtype == "int64" and np.array_equal(first.values, np.arange(len(first))):
        return pandas.RangeIndex(len(first), name=labels.names[0])
    return pandas.Index(arrays[0], name=labels.names[0])


def _values_of(pandas: Any, column: Column) -> Any:
    if column.categories is not None:
        categories = _index(pandas, Labels((None,), (column.categories,)))
        return pandas.Categorical.from_codes(column.values, categories, ordered=column.ordered)
    if column.dtype.startswith("datetime64[") and "," in column.dtype:
        zone = column.dtype[:-1].partition(", ")[2]
        return pandas.DatetimeIndex(column.values).tz_localize("UTC").tz_convert(zone).array
    if column.dtype == str(column.values.dtype):
        return pandas.array(column.values, dtype=column.values.dtype).copy()
    values = column.values.astype(object)
    if column.missing is not None:
        values[column.missing] = None if column.kind in (TEXTS, OBJECTS) else pandas.NA
    return pandas.array(values, dtype=column.dtype)
