"""The limits, dtypes and number layouts that `encoding` and `decoding` share."""

from __future__ import annotations

import struct

import numpy as np

MAX_BYTES = 64 << 20
MAX_NODES = 50_000
MAX_DEPTH = 64
MAX_NDIM = 32
MAX_INT_BYTES = 1024

_CODES = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
DTYPES = tuple(np.dtype(code) for code in _CODES)
INDEX = {dtype: index for index, dtype in enumerate(DTYPES)}

U32 = struct.Struct("<I")
INT, FLOAT, COMPLEX = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<dd")
LAYOUTS = tuple(struct.Struct(f"<BB{ndim}Q") for ndim in range(MAX_NDIM + 1))


class WireError(ValueError):
    """The bytes do not encode a value, or the value exceeds the limits."""


class Unsupported:
    """Replaces a value that cannot be encoded; `type_name` is its type. Equal to nothing."""

    __slots__ = ("type_name",)  # and no dataclass, since those cross

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"Unsupported({self.type_name!r})"

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]  # unhashable, as what is equal to nothing has to be
