"""Encode values as bytes and decode them, with no way to name a class, a function or a file.

The format is tag, length, value; numbers are little-endian. The decoder trusts nothing: every length is
checked against the bytes that are present before anything is allocated, every container against a limit of
nodes and of depth, and a dtype is an index into a table. Values that cannot be encoded become
`Unsupported`, which equals nothing. Encoding is deterministic, so equal bytes mean equal values.
"""

from __future__ import annotations

import functools
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_BYTES = 64 << 20
MAX_NODES = 50_000
MAX_DEPTH = 64
MAX_NDIM = 32
MAX_INT_BYTES = 1024

_CODES = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
DTYPES = tuple(np.dtype(code) for code in _CODES)
_INDEX = {dtype: index for index, dtype in enumerate(DTYPES)}

_U32 = struct.Struct("<I")
_INT, _FLOAT, _COMPLEX = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<dd")
_LAYOUTS = tuple(struct.Struct(f"<BB{ndim}Q") for ndim in range(MAX_NDIM + 1))


class WireError(ValueError):
    """The bytes do not encode a value, or the value exceeds the limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Unsupported:
    """Replaces a value that cannot be encoded; `type_name` is its type. Equal to nothing."""

    type_name: str

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]  # unhashable, as what is equal to nothing has to be


# ---------------------------------------------------------------- encode


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
        self.out += tag + _U32.pack(count)

    def need(self, size: int) -> None:
        if len(self.out) + size > MAX_BYTES:
            raise WireError("the value is too large")

    def sized(self, tag: bytes, data: bytes) -> None:
        self.need(1 + _U32.size + len(data))
        self.out += tag + _U32.pack(len(data)) + data


_Writer = Callable[[_Encoder, Any, int], None]


def _writer_of(kind: type) -> _Writer:
    """Return the writer for a class that is not built in; a student may have defined it."""
    return next((write for base, write in _BASES if issubclass(kind, base)), _unsupported_type)


def _none(encoder: _Encoder, _value: Any, _depth: int) -> None:
    encoder.out += b"N"


def _bool(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"T" if value else b"F"


def _int(encoder: _Encoder, value: Any, _depth: int) -> None:
    size = int.bit_length(value) // 8 + 1
    if size <= 8:
        encoder.out += b"I" + _INT.pack(value)
    elif size <= MAX_INT_BYTES:
        encoder.sized(b"B", int.to_bytes(value, size, "little", signed=True))
    else:
        _unsupported(encoder, "very long integer")


def _float(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"D" + _FLOAT.pack(value)


def _complex(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.out += b"C" + _COMPLEX.pack(value.real, value.imag)


def _str(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.sized(b"S", str.encode(value, "utf-8", "surrogatepass"))


def _bytes(encoder: _Encoder, value: Any, _depth: int) -> None:
    encoder.sized(b"Y", bytes(value))


def _list(encoder: _Encoder, value: Any, depth: int) -> None:
    _sequence(encoder, b"L", list(list.__iter__(value)), depth)


def _tuple(encoder: _Encoder, value: Any, depth: int) -> None:
    _sequence(encoder, b"U", list(tuple.__iter__(value)), depth)


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
    elif any(type(key) not in (str, int) for key, _ in items):
        _unsupported(encoder, "dictionary with keys that are not text")
    else:
        encoder.put_count(b"M", len(items), nodes_each=2)
        for key, item in items:
            encoder.put(key, 0)
            encoder.put(item, depth - 1)


def _ndarray(encoder: _Encoder, array: Any, depth: int) -> None:
    index, ndim = _INDEX.get(array.dtype), array.ndim
    if index is None or ndim > MAX_NDIM:
        _unusual_array(encoder, array, depth)
        return
    encoder.need(array.nbytes)
    encoder.out += b"A" + _layout(index, ndim, array.shape) + array.tobytes()


@functools.lru_cache(maxsize=1024)
def _layout(index: int, ndim: int, shape: tuple[int, ...]) -> bytes:
    return _LAYOUTS[ndim].pack(index, ndim, *shape)


def _unusual_array(encoder: _Encoder, array: Any, depth: int) -> None:
    """Encode an array of another dtype as one of a known dtype, if the values stay the same."""
    dtype = array.dtype
    if dtype.hasobject and array.ndim == 0:
        if depth <= 0:  # the array may contain itself
            _unsupported(encoder, "structure nested too deeply")
        else:
            encoder.put(array.item(), depth - 1)
    elif dtype.byteorder == ">" and array.ndim <= MAX_NDIM and dtype.newbyteorder("<") in _INDEX:
        _ndarray(encoder, array.astype(dtype.newbyteorder("<")), depth)
    else:
        _unsupported(encoder, f"array of {dtype.name}")


def _array_of_a_subclass(encoder: _Encoder, value: Any, depth: int) -> None:
    _ndarray(encoder, np.ndarray.view(value, np.ndarray), depth)


def _scalar(encoder: _Encoder, value: Any, _depth: int) -> None:
    dtype = value.dtype
    if dtype in _INDEX:
        encoder.out += b"G" + bytes((_INDEX[dtype],)) + np.generic.tobytes(value)
    else:
        _unsupported(encoder, f"{dtype.name} number")


def _unsupported_type(encoder: _Encoder, value: Any, _depth: int) -> None:
    _unsupported(encoder, value.type_name if type(value) is Unsupported else type(value).__name__)


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
_BASES: tuple[tuple[type, _Writer], ...] = (
    (np.ndarray, _array_of_a_subclass),
    (np.generic, _scalar),
    (dict, _dict),
    (list, _list),
    (tuple, _tuple),
    (str, _str),
)


# ---------------------------------------------------------------- decode


def decode(data: bytes, *, writable: bool = True) -> Any:
    """Decode the bytes that `encode` returned.

    Args:
        data: the bytes.
        writable: whether arrays are writable copies; otherwise they share the memory of `data`.

    Returns:
        the value.

    Raises:
        WireError: the bytes are anything else. No other exception leaves this function.
    """
    decoder = _Decoder(data, writable)
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

    def __init__(self, data: bytes, writable: bool) -> None:
        self.data = data
        self.writable = writable
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
        size = self.take_number(_U32)
        if size > limit:
            raise WireError("a part is too long")
        start = self.skip(size)
        return self.data[start : start + size]

    def take_count(self, depth: int, nodes_each: int) -> int:
        """Read the number of parts of a container, and check it against the limits and the bytes left."""
        if depth <= 0:
            raise WireError("the structure is too deep")
        count: int = self.take_number(_U32)
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
    small_keys = 0  # integers hash to themselves: many chosen ones would make the dict quadratic
    for _ in range(decoder.take_count(depth, 2)):
        key = decoder.take_value(0)
        small_keys += type(key) is int
        if type(key) not in (str, int) or small_keys > 1000 or key in result:
            raise WireError("a key is not text, or is there twice")
        result[key] = decoder.take_value(depth - 1)
    return result


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
    _, _, *shape = _LAYOUTS[ndim].unpack(data)
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
        "I": lambda d, _n: d.take_number(_INT),
        "B": lambda d, _n: int.from_bytes(d.take_sized(MAX_INT_BYTES), "little", signed=True),
        "D": lambda d, _n: d.take_number(_FLOAT),
        "C": lambda d, _n: complex(*_COMPLEX.unpack_from(d.data, d.skip(16))),
        "S": lambda d, _n: str(d.take_sized(), "utf-8", "surrogatepass"),
        "Y": lambda d, _n: d.take_sized(),
        "X": lambda d, _n: Unsupported(str(d.take_sized(200), "utf-8", "replace")),
        "L": lambda d, n: [d.take_value(n - 1) for _ in range(d.take_count(n, 1))],
        "U": lambda d, n: tuple([d.take_value(n - 1) for _ in range(d.take_count(n, 1))]),
        "M": _read_dict,
        "A": _read_array,
        "G": _read_scalar,
    }.items()
}
