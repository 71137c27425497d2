"""Hypothesis strategies for every value that crosses between processes, and whether two are the same."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.models.serialization import DTYPES

u32, u64 = struct.Struct("<I").pack, struct.Struct("<Q").pack


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same to the last bit: type, sign of zero, payload of NaN."""
    if type(a) is not type(b):
        return False
    match a:
        case np.ndarray():
            return bool(a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes())
        case np.generic():
            return bool(a.dtype == b.dtype and a.tobytes() == b.tobytes())
        case float():
            return struct.pack("<d", a) == struct.pack("<d", b)
        case complex():
            return same(a.real, b.real) and same(a.imag, b.imag)
        case list() | tuple():
            return len(a) == len(b) and all(map(same, a, b))
        case dict():
            return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
        case _:
            return bool(a == b)


def bits(pattern: int) -> float:
    value: float = struct.unpack("<d", u64(pattern))[0]
    return value


arrays = st.sampled_from(DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
scalars = st.sampled_from(DTYPES).flatmap(hnp.from_dtype).filter(lambda x: isinstance(x, np.generic))
texts = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates too
floats = st.integers(0, 2**64 - 1).map(bits)  # every bit pattern, all NaNs among them
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**600), 2**600),
    floats,
    st.builds(complex, floats, floats),
    texts,
    st.binary(max_size=20),
    arrays,
    scalars,
)
values = st.recursive(
    leaves,
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.dictionaries(texts | st.integers(), parts, max_size=4)
    ),
    max_leaves=12,
)
