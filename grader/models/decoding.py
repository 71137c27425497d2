"""Decode values from bytes that nobody has vouched for."""

from __future__ import annotations

import functools
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.models.keys import Hashes, check_key
from grader.models.objects import COLUMN, made
from grader.models.wire import (
    COMPLEX,
    DTYPES,
    FLOAT,
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


def decode(data: bytes, *, writable: bool = True, build: Callable[[Any], Any] | None = None) -> Any:
    """Decode the bytes that `encode` returned.

    Args:
        data: the bytes.
        writable: whether arrays are writable copies; otherwise they share the memory of `data`.
        build: replaces each plain value that stands for an object; None to keep them as they are.

    Returns:
        the value.

    Raises:
        WireError: the bytes are anything else. No other exception leaves this function, but those of `build`.
    """
    decoder = _Decoder(data, writable, build)
    try:
        value = decoder.take_value(MAX_DEPTH)
    except (ValueError, OverflowError, MemoryError, RecursionError) as error:
        raise WireError(str(error) or type(error).__name__) from None
    except (IndexError, struct.error):
        raise WireError("the bytes end too early") from None
    if decoder.position != len(data):
        raise WireError("bytes are left over")
    return value


class _Decoder:
    """Reads values from `data`, never past its end."""

    def __init__(self, data: bytes, writable: bool, build: Callable[[Any], Any] | None) -> None:
        self.data = data
        self.writable = writable
        self.build = build
        self.position = 0
        self.nodes = MAX_NODES - 1

    def skip(self, size: int) -> int:
        """Advance by `size` bytes; return where they begin."""
        start = self.position
        self.position = start + size
        if self.position > len(self.data):
            raise WireError("the bytes end too early")
        return start

    def take_sized(self, limit: int = MAX_BYTES) -> bytes:
        size = self.take_number(U32)
        if size > limit:
            raise WireError("a part is too long")
        start = self.skip(size)
        return self.data[start : start + size]

    def take_count(self, depth: int, nodes_each: int) -> int:
        """Read the number of parts of a container, and check it against the limits and the bytes left."""
        if depth <= 0:
            raise WireError("the structure is too deep")
        count: int = self.take_number(U32)
        self.nodes -= count * nodes_each
        if self.nodes < 0 or count * nodes_each > len(self.data) - self.position:
            raise WireError("there are too many values")
        return count

    def take_value(self, depth: int) -> Any:
        read = _READERS.get(self.data[self.position])
        if read is None:
            raise WireError("there is no such tag")
        self.position += 1
        return read(self, depth)

    def take_number(self, number: struct.Struct) -> Any:
        """Read a number; `struct` checks that its bytes are present."""
        position = self.position
        self.position = position + number.size
        return number.unpack_from(self.data, position)[0]


def _read_dict(decoder: _Decoder, depth: int) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    hashes: Hashes = {}
    for _ in range(decoder.take_count(depth, 2)):
        key = decoder.take_value(depth)
        if type(key) is not str:
            check_key(key, hashes)
        if key in result:
            raise WireError("a key is there twice")
        result[key] = decoder.take_value(depth - 1)
    return result


def _read_set(decoder: _Decoder, depth: int) -> set[Any]:
    result: set[Any] = set()
    hashes: Hashes = {}
    for _ in range(decoder.take_count(depth, 1)):
        entry = decoder.take_value(depth)
        check_key(entry, hashes)
        if entry in result:
            raise WireError("an entry is there twice")
        result.add(entry)
    return result


def _read_object(decoder: _Decoder, depth: int) -> Any:
    number, build = decoder.data[decoder.skip(1)], decoder.build
    if number >= COLUMN:  # the parts of a table are built with it
        decoder.build = None
    plain = made(number, decoder.take_value(depth))
    decoder.build = build
    return plain if build is None else build(plain)


def _read_array(decoder: _Decoder, _depth: int) -> Any:
    data, start = decoder.data, decoder.position
    end = start + 2 + 8 * data[start + 1]
    dtype, shape, size = _layout_of(data[start:end])
    decoder.position = end
    return _numbers(decoder, dtype, shape, size)


@functools.lru_cache(maxsize=1024)
def _layout_of(data: bytes) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """Return the dtype, the shape and the size in bytes of an array.

    Raises:
        WireError: no such array is possible.
    """
    index, ndim = data[:2]
    if index >= len(DTYPES) or ndim > MAX_NDIM:
        raise WireError("an array has no such type")
    _, _, *shape = LAYOUTS[ndim].unpack(data)
    if math.prod(size or 1 for size in shape) > MAX_BYTES:
        raise WireError("an array is too large")
    return DTYPES[index], tuple(shape), math.prod(shape) * DTYPES[index].itemsize


def _read_scalar(decoder: _Decoder, _depth: int) -> Any:
    index = decoder.data[decoder.skip(1)]
    if index >= len(DTYPES):
        raise WireError("a number has no such type")
    return _numbers(decoder, DTYPES[index], (), DTYPES[index].itemsize)[()]


def _numbers(decoder: _Decoder, dtype: np.dtype[Any], shape: tuple[int, ...], size: int) -> Any:
    """Read an array of a dtype and shape; a byte other than 0 and 1 would be an invalid bool."""
    numbers: Any = np.ndarray(shape, dtype, decoder.data, decoder.skip(size))
    if dtype is _BOOL and numbers.view(np.uint8).max(initial=0) > 1:
        raise WireError("a truth value is neither 0 nor 1")
    return numbers.copy() if decoder.writable else numbers


_BOOL = DTYPES[0]
_READERS: dict[int, Callable[[_Decoder, int], Any]] = {
    ord(tag): read
    for tag, read in {
        "N": lambda _d, _n: None,
        "T": lambda _d, _n: True,
        "F": lambda _d, _n: False,
        "I": lambda d, _n: d.take_number(INT),
        "B": lambda d, _n: int.from_bytes(d.take_sized(MAX_INT_BYTES), "little", signed=True),
        "D": lambda d, _n: d.take_number(FLOAT),
        "C": lambda d, _n: complex(*COMPLEX.unpack_from(d.data, d.skip(16))),
        "S": lambda d, _n: str(d.take_sized(), "utf-8", "surrogatepass"),
        "Y": lambda d, _n: d.take_sized(),
        "X": lambda d, _n: Unsupported(str(d.take_sized(200), "utf-8", "replace")),
        "L": lambda d, n: [d.take_value(n - 1) for _ in range(d.take_count(n, 1))],
        "U": lambda d, n: tuple([d.take_value(n - 1) for _ in range(d.take_count(n, 1))]),
        "M": _read_dict,
        "H": _read_set,
        "K": lambda d, n: frozenset(_read_set(d, n)),
        "P": _read_object,
        "A": _read_array,
        "G": _read_scalar,
    }.items()
}
