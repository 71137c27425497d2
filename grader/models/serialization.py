"""Encode values as bytes and decode them, with no way to name a class, a function or a file.

The format is tag, length, value; numbers are little-endian. The decoder trusts nothing: every length is
checked against the bytes that are present before anything is allocated, every container against a limit of
nodes and of depth, and a dtype is an index into a table. An object is a number and a tuple of its parts, from
which `models.objects` makes it. Values that cannot be encoded become `Unsupported`, which equals nothing.
Encoding is deterministic, so equal bytes mean equal values.
"""

from __future__ import annotations

from grader.models.decoding import decode
from grader.models.encoding import encode
from grader.models.wire import (
    DTYPES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INT_BYTES,
    MAX_NDIM,
    MAX_NODES,
    Unsupported,
    WireError,
)

__all__ = [
    "DTYPES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_INT_BYTES",
    "MAX_NDIM",
    "MAX_NODES",
    "Unsupported",
    "WireError",
    "decode",
    "encode",
]
