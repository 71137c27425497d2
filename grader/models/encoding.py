"""Encode values as bytes. Runs beside student code."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from grader.models.keys import NoKeyError, plain_key
from grader.models.objects import crosses, parts_of, plain_object
from grader.models.wire import (
    COMPLEX,
    FLOAT,
    INDEX,
    INT,
    LAYOUTS,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INT_BYTES,
    MAX_NDIM,
    MAX_NODES,
    U32,
    Unsupported,
    WireError,
)
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.pandas_frames import ForeignColumnError
from grader.plain.records import Instance, Named


def encode(value: Any) -> bytes:
    """Encode a value.

    Raises:
        WireError: the value exceeds the limits.
    """
    encoder = _Encoder()
    encoder.put(value, MAX_DEPTH)
    encoder.need(0)
    return bytes(encoder.out)


class _Encoder:
    """Appends encoded values to `out`. Runs beside student code, so it never calls a method of theirs."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.nodes = MAX_NODES - 1

    def put(self, value: Any, depth: int) -> None:
        write = _WRITERS.get(type(value)) or _writer_of(type(value))
        write(self, value, depth)

    def put_count(self, tag: bytes, count: int, nodes_each: int = 1) -> None:
        """Append the number of parts of a container, if it is within the limit of nodes."""
        self.nodes -= count * nodes_each
        if self.nodes < 0:
            raise WireError("there are too many values")
        self.out += tag + U32.pack(count)

    def need(self, size: int) -> None:
        if len(self.out) + size > MAX_BYTES:
            raise WireError("the value is too large")

    def sized(self, tag: bytes, data: bytes) -> None:
        self.need(1 + U32.size + len(data))
        self.out += tag + U32.pack(len(data)) + data


_Writer = Callable[[_Encoder, Any, int], None]


def _writer_of(kind: type) -> _Writer:
    """Return the writer for a rare class, or for one that a student may have defined."""
    return _RARE.get(kind) or next((write for base, write in _BASES if issubclass(kind, base)), _other)


def _none(encoder: _Encoder, _value: Any, _depth: int) -> None:
    encoder.out += b"N"


def _bool(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"T" if value else b"F"


def _int(encoder: _Encoder, value: Any, _depth: int) -> None:
    size = int.bit_length(value) // 8 + 1
    if size <= 8:
        encoder.out += b"I" + INT.pack(value)
    elif size <= MAX_INT_BYTES:
        encoder.sized(b"B", int.to_bytes(value, size, "little", signed=True))
    else:
        _unsupported(encoder, "very long integer")


def _float(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"D" + FLOAT.pack(value)


def _complex(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"C" + COMPLEX.pack(value.real, value.imag)


def _str(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.sized(b"S", str.encode(value, "utf-8", "surrogatepass"))


def _bytes(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.sized(b"Y", bytes(value))


def _list(encoder: _Encoder, value: Any, depth: int) -> None:
    _sequence(encoder, b"L", list(list.__iter__(value)), depth)


def _tuple(encoder: _Encoder, value: Any, depth: int) -> None:
    _sequence(encoder, b"U", list(tuple.__iter__(value)), depth)


def _tuple_of_a_subclass(encoder: _Encoder, value: Any, depth: int) -> None:
    plain = plain_object(value)
    if type(plain) is Named:
        _object(encoder, plain, depth)
    else:
        _tuple(encoder, value, depth)


def _sequence(encoder: _Encoder, tag: bytes, items: list[Any], depth: int) -> None:
    if depth <= 0:
        _unsupported(encoder, "structure nested too deeply")
        return
    encoder.put_count(tag, len(items))
    for item in items:
        encoder.put(item, depth - 1)


def _dict(encoder: _Encoder, value: Any, depth: int) -> None:
    items = list(dict.items(value))
    if depth <= 0:
        _unsupported(encoder, "structure nested too deeply")
        return
    if not _USUAL.issuperset(map(type, dict.keys(value))):
        try:
            items = [(plain_key(key), item) for key, item in items]
        except NoKeyError as error:
            _unsupported(encoder, f"dictionary with a key of type {error}")
            return
    encoder.put_count(b"M", len(items), nodes_each=2)
    for key, item in items:
        encoder.put(key, depth)
        encoder.put(item, depth - 1)


_USUAL = frozenset((str, int))
"""The types of most keys."""


def _set(encoder: _Encoder, value: Any, depth: int) -> None:
    _entries(encoder, b"H", list(set.__iter__(value)), depth)


def _frozenset(encoder: _Encoder, value: Any, depth: int) -> None:
    _entries(encoder, b"K", list(frozenset.__iter__(value)), depth)


def _entries(encoder: _Encoder, tag: bytes, entries: list[Any], depth: int) -> None:
    """Encode the entries of a set in the order of their bytes."""
    if depth <= 0:
        _unsupported(encoder, "structure nested too deeply")
        return
    try:
        keys = list(map(plain_key, entries))
    except NoKeyError as error:
        _unsupported(encoder, f"set with an entry of type {error}")
        return
    encoder.put_count(tag, len(keys))
    start, parts = len(encoder.out), []
    for key in keys:
        begins = len(encoder.out)
        encoder.put(key, depth - 1)
        parts.append(bytes(encoder.out[begins:]))
    encoder.out[start:] = b"".join(sorted(parts))


def _ndarray(encoder: _Encoder, array: Any, depth: int) -> None:
    index, ndim = INDEX.get(array.dtype), array.ndim
    if index is None or ndim > MAX_NDIM:
        _unusual_array(encoder, array, depth)
        return
    encoder.need(array.nbytes)
    encoder.out += b"A" + _layout(index, ndim, array.shape) + array.tobytes()


@functools.lru_cache(maxsize=1024)
def _layout(index: int, ndim: int, shape: tuple[int, ...]) -> bytes:
    return LAYOUTS[ndim].pack(index, ndim, *shape)


def _unusual_array(encoder: _Encoder, array: Any, depth: int) -> None:
    """Encode an array of another dtype as one of a known dtype, if the values stay the same."""
    dtype = array.dtype
    if dtype.hasobject and array.ndim == 0:
        if depth <= 0:  # the array may contain itself
            _unsupported(encoder, "structure nested too deeply")
        else:
            encoder.put(array.item(), depth - 1)
    elif array.ndim <= MAX_NDIM and crosses(dtype):
        _object(encoder, array, depth)
    elif array.ndim <= MAX_NDIM and dtype.byteorder == ">":
        _ndarray(encoder, array.astype(dtype.newbyteorder("<")), depth)
    else:
        _unsupported(encoder, f"array of {dtype.name}")


def _array_of_a_subclass(encoder: _Encoder, value: Any, depth: int) -> None:
    _ndarray(encoder, np.ndarray.view(value, np.ndarray), depth)


def _scalar(encoder: _Encoder, value: Any, _depth: int) -> None:
    dtype = value.dtype
    if dtype in INDEX:
        encoder.out += b"G" + bytes((INDEX[dtype],)) + np.generic.tobytes(value)
    elif dtype.kind in "US":
        encoder.put(np.generic.item(value), 0)
    elif dtype.kind in "mM":
        _object(encoder, value, 1)
    else:
        _unsupported(encoder, f"{dtype.name} number")


def _other(encoder: _Encoder, value: Any, depth: int) -> None:
    """Encode a value of a class that is not built in: an object in the table, or none that can cross."""
    name = type(value).__name__
    try:
        plain = plain_object(value)
    except ForeignColumnError as error:
        plain, name = None, f"{name} with values of {error}"
    if plain is None:
        _unsupported(encoder, name)
    elif type(plain) in _WRITERS or type(plain) in _RARE:
        encoder.put(plain, depth)
    elif isinstance(plain, np.generic):
        _scalar(encoder, plain, depth)
    else:
        _object(encoder, plain, depth)


def _object(encoder: _Encoder, value: Any, depth: int) -> None:
    if depth <= 0:
        _unsupported(encoder, "structure nested too deeply")
    elif isinstance(value, datetime) and value.tzinfo is not None:
        _unsupported(encoder, "datetime with a time zone")
    else:
        number, parts = parts_of(value)
        encoder.out += b"P" + bytes((number,))
        _sequence(encoder, b"U", list(parts), depth)


def _already_unsupported(encoder: _Encoder, value: Any, _depth: int) -> None:
    _unsupported(encoder, value.type_name)


def _unsupported(encoder: _Encoder, type_name: str) -> None:
    encoder.sized(b"X", type_name.encode("utf-8", "replace")[:200])


_WRITERS: dict[type, _Writer] = {
    type(None): _none,
    bool: _bool,
    int: _int,
    float: _float,
    complex: _complex,
    str: _str,
    bytes: _bytes,
    list: _list,
    tuple: _tuple,
    dict: _dict,
    np.ndarray: _ndarray,
}
"""The writers of most values; few, so that each is found at once."""
_RARE: dict[type, _Writer] = {
    Unsupported: _already_unsupported,
    set: _set,
    frozenset: _frozenset,
    deque: lambda encoder, value, depth: _sequence(encoder, b"L", list(deque.__iter__(value)), depth),
    **dict.fromkeys((date, datetime, timedelta, Named, Instance, Column, Labels, Series, Frame), _object),
}
_BASES: tuple[tuple[type, _Writer], ...] = (
    (np.ndarray, _array_of_a_subclass),
    (np.generic, _scalar),
    (dict, _dict),
    (list, _list),
    (tuple, _tuple_of_a_subclass),
    (str, _str),
    (set, _set),
    (frozenset, _frozenset),
)
