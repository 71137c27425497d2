"""Store one value in an HDF5 file and read it again. Bundled for students.

A value is a dataset with the attribute `kind`, or a group of its parts in order. Any HDF5 tool shows them:
dates are integers with the name of their dtype, and the columns of a frame have their names. Equal
large arrays are one dataset, compressed, with a link for each place.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import h5py
import numpy as np

from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import Instance, Named

Large = dict[tuple[str, bytes], Any]
LARGE = 1 << 14
"""Bytes from which on an array is compressed, and stored once."""


def put_value(group: Any, name: str, value: Any, large: Large) -> None:
    """Store a value.

    Args:
        group: the group of the file.
        name: the name in it.
        value: the value, as plain data.
        large: the datasets of large arrays so far, to which this adds: equal ones are stored once.

    Raises:
        ValueError: a text has a character that HDF5 cannot store.
        TypeError: a number is too large for HDF5.
    """
    if isinstance(value, np.ndarray | np.generic):
        _put_array(group, name, value, large)
    elif isinstance(value, str | bool | int | float | complex | None):
        stored = group.create_dataset(name, data=h5py.Empty("f") if value is None else value)
        stored.attrs["kind"] = type(value).__name__
    elif isinstance(value, bytes):
        stored = group.create_dataset(name, data=np.frombuffer(value, np.uint8))
        stored.attrs["kind"] = "bytes"
    elif type(value).__name__ in _TEXTS:
        stored = group.create_dataset(name, data=_text_of(value))
        stored.attrs["kind"] = type(value).__name__
    else:
        _put_parts(group, name, value, large)


def _text_of(value: Any) -> str:
    return f"{value // timedelta(microseconds=1)}" if isinstance(value, timedelta) else str(value)


def _duration(text: str) -> timedelta:
    return timedelta(microseconds=int(text))


_TEXTS: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "timedelta": _duration,
    "Fraction": lambda text: importlib.import_module("fractions").Fraction(text),
    "Decimal": lambda text: importlib.import_module("decimal").Decimal(text),
}
"""What is stored as a text, and how it is read again."""


def _put_array(group: Any, name: str, value: Any, large: Large) -> None:
    """Store an array or a number of NumPy, whatever its dtype."""
    array = np.asarray(value)
    letter = array.dtype.kind
    if letter == "O" or array.dtype.names:
        _put_parts(group, name, array, large)
        return
    kind = "ndarray" if isinstance(value, np.ndarray) else type(value).__name__
    if letter == "U":
        data: Any = array.astype(object)
        stored = group.create_dataset(name, data=data, dtype=h5py.string_dtype())
    else:
        plain = array.view(np.int64) if letter in "mM" else array
        stored = _put_plain(group, name, plain, f"{kind} {array.dtype.str} {array.shape}", large)
        if stored is None:
            return
    stored.attrs["kind"] = kind
    if letter in "mMUS":
        stored.attrs["dtype"] = array.dtype.str


def _put_plain(group: Any, name: str, array: Any, kind: str, large: Large) -> Any:
    """Store an array of numbers and return its dataset; None if a large one is linked that was there."""
    if array.nbytes < LARGE:
        return group.create_dataset(name, data=array)
    content = kind, hashlib.sha256(array.tobytes()).digest()
    if content in large:
        group[name] = large[content]
        return None
    large[content] = group.create_dataset(name, data=array, compression="gzip", shuffle=True)
    return large[content]


def _put_parts(group: Any, name: str, value: Any, large: Large) -> None:
    """Store a value of several parts as a group of them."""
    inside = group.create_group(name, track_order=True)
    kind, attributes, parts = _parts(value)
    inside.attrs["kind"] = kind
    inside.attrs.update(attributes)
    for key, part in parts:
        put_value(inside, key, part, large)


Parts = Sequence[tuple[str, Any]]


def _parts(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
    """Return the kind of a value, what is noted of it, and its parts by name."""
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and _is_name(key) for key in value):
            return "dict", {}, [*value.items()]
        return "pairs", {}, _numbered(value.items())
    if isinstance(value, set | frozenset):
        return type(value).__name__, {}, _numbered(sorted(value, key=repr))
    if isinstance(value, Named):
        return "namedtuple", {"name": value._name, "fields": [*value._fields]}, _numbered(value)
    if isinstance(value, list | tuple):
        return type(value).__name__, {}, _numbered(value)
    if isinstance(value, Instance):
        noted = {"of": value.kind, "name": value.name, "fields": [*value.attributes]}
        return "object", noted, _numbered(value.attributes.values())
    if isinstance(value, np.ndarray):
        if not value.dtype.names:
            return "objects", {"shape": value.shape}, _numbered(value.flat)
        fields = value.dtype.names
        return "records", {"fields": [*fields]}, _numbered(value[field] for field in fields)
    return _parts_of_table(value)


def _parts_of_table(value: Any) -> tuple[str, Mapping[str, Any], Parts]:
    if isinstance(value, Frame):
        parts = (("index", value.index), ("columns", value.columns), ("values", _columns(value)))
        return "DataFrame", {}, parts
    if isinstance(value, Series):
        return "Series", {}, (("name", value.name), ("index", value.index), ("values", value.values))
    if isinstance(value, Labels):
        return "Index", {}, (("names", value.names), ("levels", value.levels))
    if isinstance(value, Column):
        parts = (("values", value.values), ("missing", value.missing), ("categories", value.categories))
        return "column", {"dtype": value.dtype, "ordered": value.ordered}, parts
    raise ValueError(f"a value of type {type(value).__name__} cannot be a public case")


def _columns(frame: Frame) -> Any:
    """Return the columns of a frame by their names, if those are texts that HDF5 can name, and differ."""
    names = frame.columns.listed()
    named = all(isinstance(name, str) and _is_name(name) for name in names)
    return (
        dict(zip(names, frame.values, strict=True)) if named and len({*names}) == len(names) else frame.values
    )


def _is_name(key: str) -> bool:
    return bool(key) and "/" not in key and "\0" not in key and key != "."


def _numbered(items: Any) -> Parts:
    return [(str(i), item) for i, item in enumerate(items)]


# ---------------------------------------------------------------- reading


def get_value(stored: Any) -> Any:
    """Return a value that `put_value` stored."""
    kind = stored.attrs["kind"]
    if isinstance(stored, h5py.Group):
        return _whole(kind, stored, {name: get_value(part) for name, part in stored.items()})
    if kind == "NoneType":
        return None
    if kind == "ndarray" or "dtype" in stored.attrs:
        return _read_array(stored, kind)
    plain = stored[()]
    if kind in ("str", *_TEXTS):
        text = plain.decode()
        return text if kind == "str" else _TEXTS[kind](text)
    if kind == "bytes":
        return plain.tobytes()
    return plain.item() if kind in ("bool", "int", "float", "complex") else plain


def _read_array(stored: Any, kind: str) -> Any:
    plain = stored[()]
    if "dtype" in stored.attrs:
        dtype = np.dtype(stored.attrs["dtype"])
        if dtype.kind == "U":
            plain = np.asarray(stored.asstr()[()], object).astype(dtype)
        else:
            plain = np.asarray(plain).view(dtype) if dtype.kind in "mM" else np.asarray(plain).astype(dtype)
    return plain if kind == "ndarray" else plain[()]


def _whole(kind: str, stored: Any, parts: dict[str, Any]) -> Any:
    """Return the value of several parts."""
    noted, values = stored.attrs, tuple(parts.values())
    if kind == "dict":
        return parts
    if kind in ("list", "tuple", "set", "frozenset"):
        return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](values)
    if kind == "pairs":
        return dict(values)
    if kind == "namedtuple":
        return Named(noted["name"], tuple(noted["fields"]), values)
    if kind == "object":
        return Instance(noted["of"], noted["name"], dict(zip(noted["fields"], values, strict=True)))
    if kind == "objects":
        return _objects(tuple(map(int, noted["shape"])), values)
    if kind == "records":
        return _records(noted["fields"], values)
    if kind == "column":
        return Column(noted["dtype"], **parts, ordered=bool(noted["ordered"]))
    if kind == "Index":
        return Labels(*values)
    return Series(*values) if kind == "Series" else _frame(*values)


def _frame(index: Labels, columns: Labels, values: Any) -> Frame:
    return Frame(index, columns, tuple(values.values() if isinstance(values, dict) else values))


def _objects(shape: tuple[int, ...], items: Sequence[Any]) -> Any:
    array = np.empty(len(items), object)
    for i, item in enumerate(items):  # NumPy would look into the items
        array[i] = item
    return array.reshape(shape)


def _records(fields: Sequence[str], arrays: Sequence[Any]) -> Any:
    dimensions = min(array.ndim for array in arrays)
    dtype = [(name, a.dtype, a.shape[dimensions:]) for name, a in zip(fields, arrays, strict=True)]
    records = np.empty(arrays[0].shape[:dimensions], dtype)
    for name, array in zip(fields, arrays, strict=True):
        records[name] = array
    return records
