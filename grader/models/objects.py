"""The table of the objects that cross: each as a number and a tuple of plain parts, which are checked."""

from __future__ import annotations

import math
import re
import sys
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from grader.models.keys import NoKeyError, is_key, plain_key
from grader.plain.frames import Column, Frame, Labels, Series, check_table
from grader.plain.pandas_frames import plain_frame
from grader.plain.records import DATACLASS, KINDS, PARTS, Instance, Named, plain_record

MAX_AXES = 32
MAX_NAME = 200
DECIMAL = re.compile(
    r"-?\d{1,1000}|-?\d{0,999}\.\d{1,999}|-?\d(\.\d{1,999})?E[+-]?\d{1,18}|-?Infinity", re.ASCII
)
DTYPE = re.compile(
    r"<U[1-9]\d{0,7}|\|S[1-9]\d{0,7}|<[Mm]8(\[([1-9]\d{0,3})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)
"""The dtypes of arrays of texts, bytes, dates and durations."""

MAX_POINT = 0x10FFFF
MAX_ENTRIES = 1 << 26

Parts = tuple[Any, ...]


def plain_object(value: Any) -> Any:
    """Return an object as one of the types in the table; None if it is none.

    Raises:
        ForeignColumnError: it is a data frame with a column that does not cross.
    """
    kind = type(value)
    if kind is deque:
        return [*deque.__iter__(value)]
    if kind in (_standard("fractions", "Fraction"), _standard("decimal", "Decimal")):
        return value
    record = plain_record(value)
    return plain_frame(value) if record is None else record


def _standard(module: str, name: str) -> Any:
    """Return a class of Python's library if it is loaded; otherwise no value can be of it."""
    return getattr(sys.modules.get(module), name, _standard)


# ---------------------------------------------------------------- objects -> parts


def parts_of(value: Any) -> tuple[int, Parts]:
    """Return the number of an object's type in the table, and its parts.

    Args:
        value: an object of one of the types.

    Returns:
        the number and the parts.
    """
    kind = type(value)
    if kind is np.ndarray:
        return _parts_of_array(value)
    number, parts = _PARTS.get(kind) or _PARTS_BY_NAME[kind.__name__]
    return number, parts(value)


def _parts_of_array(array: Any) -> tuple[int, Parts]:
    if array.dtype.kind == "O":
        return OBJECT_ARRAY, (array.shape, tuple(array.flat))
    if array.dtype.names is not None:
        names = array.dtype.names
        return RECORD_ARRAY, (array.shape, names, tuple(np.ascontiguousarray(array[name]) for name in names))
    return TEXT_ARRAY, (array.dtype.str, array.shape, array.tobytes())


def crosses(dtype: np.dtype[Any]) -> bool:
    """Return whether arrays of a dtype are in the table."""
    if dtype.names is not None:
        return len(dtype.names) > 0 and all(_is_field(dtype[name].base) for name in dtype.names)
    return dtype.kind == "O" or DTYPE.fullmatch(dtype.str) is not None


def _is_field(dtype: np.dtype[Any]) -> bool:
    if dtype.kind in "biufc":
        return dtype.char not in "gG"  # long double
    return dtype.kind != "O" and crosses(dtype.newbyteorder("<"))


def _label(name: Any) -> Any:
    """Return the name of a series or level as plain data; None if it is nothing plain."""
    try:
        return plain_key(name)
    except NoKeyError:
        return None


NAMED, INSTANCE, TEXT_ARRAY, DATE_NUMBER, OBJECT_ARRAY, RECORD_ARRAY = range(6)
FRACTION, DECIMAL_NUMBER, DATE, DATETIME, DURATION = range(6, 11)
COLUMN, LABELS, SERIES, FRAME = range(11, 15)

_PARTS: dict[type, tuple[int, Callable[[Any], Parts]]] = {
    Named: (NAMED, lambda x: (x._name, x._fields, tuple(x))),
    Instance: (INSTANCE, lambda x: (x.kind, x.name, tuple(x.attributes), tuple(x.attributes.values()))),
    np.datetime64: (DATE_NUMBER, lambda x: (x.dtype.str, x.tobytes())),
    np.timedelta64: (DATE_NUMBER, lambda x: (x.dtype.str, x.tobytes())),
    date: (DATE, lambda x: (x.year, x.month, x.day)),
    datetime: (DATETIME, lambda x: (x.year, x.month, x.day, x.hour, x.minute, x.second, x.microsecond)),
    timedelta: (DURATION, lambda x: (x.days, x.seconds, x.microseconds)),
    Column: (COLUMN, lambda x: (x.dtype, x.values, x.missing, x.categories, x.ordered)),
    Labels: (LABELS, lambda x: (tuple(map(_label, x.names)), x.levels)),
    Series: (SERIES, lambda x: (_label(x.name), x.index, x.values)),
    Frame: (FRAME, lambda x: (x.index, x.columns, x.values)),
}
_PARTS_BY_NAME: dict[str, tuple[int, Callable[[Any], Parts]]] = {
    "Fraction": (FRACTION, lambda x: (x.numerator, x.denominator)),
    "Decimal": (DECIMAL_NUMBER, lambda x: (str(x),)),
}


# ---------------------------------------------------------------- parts -> objects


def made(number: int, parts: Any) -> Any:
    """Return the object of a type of the table.

    Args:
        number: the number of the type.
        parts: the decoded parts, which may be anything.

    Returns:
        the object.

    Raises:
        ValueError: there is no such object.
    """
    match number, parts:
        case 0, (str(name), tuple(fields), tuple(values)) if _are_names(fields, values):
            return Named(name[:MAX_NAME], fields, values)
        case 1, (str(kind), str(name), tuple(fields), tuple(values)) if _are_names(fields, values):
            return _instance(kind, name[:MAX_NAME], dict(zip(fields, values, strict=True)))
        case 2, (str(dtype), tuple(shape), bytes(data)):
            return _text_array(dtype, shape, data)
        case 3, (str(dtype), bytes(data)) if dtype[1:2] in ("M", "m"):
            return _text_array(dtype, (), data)[()]
        case 4, (tuple(shape), tuple(items)) if _size(shape) == len(items):
            return _object_array(shape, items)
        case 5, (tuple(shape), tuple(names), tuple(arrays)) if _are_names(names, arrays):
            return _record_array(shape, names, arrays)
        case _:
            return _number_or_table(number, parts)


def _number_or_table(number: int, parts: Any) -> Any:
    match number, parts:
        case 6, (int(numerator), int(denominator)) if denominator > 0:
            from fractions import Fraction  # rarely needed

            return Fraction(numerator, denominator)
        case 7, (str(text),) if DECIMAL.fullmatch(text):
            from decimal import Decimal  # rarely needed

            return Decimal(text)
        case 8, (int(), int(), int()):
            return date(*parts)
        case 9, tuple() if len(parts) == 7 and all(type(part) is int for part in parts):
            return datetime(*parts)  # as it was made
        case 10, (int(days), int(seconds), int(microseconds)):
            return timedelta(days, seconds, microseconds)
        case _:
            return _table(number, parts)


def _table(number: int, parts: Any) -> Any:
    table: Any
    match number, parts:
        case 11, (str(dtype), np.ndarray(), None | np.ndarray(), None | Column(), bool()):
            table = Column(dtype[:MAX_NAME], *parts[1:])
        case 12, (tuple(names), tuple(levels)) if _are(Column, levels) and all(map(is_key, names)):
            table = Labels(names, levels)
        case 13, (name, Labels(), Column()) if is_key(name):
            table = Series(*parts)
        case 14, (Labels(), Labels(), tuple(columns)) if _are(Column, columns):
            table = Frame(*parts)
        case _:
            raise ValueError("there is no such object")
    check_table(table)
    return table


def _are(kind: type, values: Parts) -> bool:
    return all(type(value) is kind for value in values)


def _are_names(names: Parts, values: Parts) -> bool:
    return len(names) == len(values) and _are(str, names) and len(set(names)) == len(names)


def _instance(kind: str, name: str, attributes: dict[str, Any]) -> Instance:
    if kind not in KINDS or (kind != DATACLASS and tuple(attributes) != PARTS[kind]):
        raise ValueError("there is no such object")
    if kind == "range" and not all(type(part) is int for part in attributes.values()):
        raise ValueError("a range is of other than integers")
    if kind == "range" and attributes["step"] == 0:
        raise ValueError("a range makes no steps")
    return Instance(kind, name, attributes)


def _size(shape: Parts) -> int:
    """Return the number of entries of an array; -1 if there is no such shape."""
    sizes = len(shape) <= MAX_AXES and all(type(size) is int and 0 <= size < 1 << 31 for size in shape)
    return math.prod(shape) if sizes and math.prod(size or 1 for size in shape) < MAX_ENTRIES else -1


def _text_array(dtype: str, shape: Parts, data: bytes) -> Any:
    if not DTYPE.fullmatch(dtype):
        raise ValueError("an array has no such type")
    kind = np.dtype(dtype)
    if _size(shape) * kind.itemsize != len(data):
        raise ValueError("an array is not as long as it should be")
    if kind.kind == "U" and _highest(data) > MAX_POINT:
        raise ValueError("a text has no such character")
    return np.ndarray(shape, kind, data).copy()


def _highest(data: bytes) -> int:
    """Return the highest code point of the texts in an array."""
    points: Any = np.frombuffer(data, np.uint32)
    return int(points.max(initial=0))


def _object_array(shape: Parts, items: Parts) -> Any:
    array = np.empty(len(items), object)
    for i, item in enumerate(items):  # NumPy would look into the items
        array[i] = item
    return array.reshape(shape)


def _record_array(shape: Parts, names: Parts, arrays: Parts) -> Any:
    if _size(shape) < 0 or not _are(np.ndarray, arrays) or not names:
        raise ValueError("there are no such records")
    if any(a.shape[: len(shape)] != shape or a.dtype.kind not in "biufcUSMmV" for a in arrays):
        raise ValueError("the fields of records do not fit")
    formats = [(array.dtype, array.shape[len(shape) :]) for array in arrays]
    dtype = np.dtype([(name, *kind) for name, kind in zip(names, formats, strict=True)])
    if dtype.itemsize == 0:
        raise ValueError("there are no such records")
    records = np.empty(shape, dtype)
    for name, array in zip(names, arrays, strict=True):
        records[name] = array
    return records
