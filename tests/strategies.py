"""Hypothesis strategies for every value that crosses between processes, and whether two are the same."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.models.serialization import DTYPES, encode
from grader.plain.records import PARTS, Instance, Named

u32, u64 = struct.Struct("<I").pack, struct.Struct("<Q").pack


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same to the last bit: type, sign of zero, payload of NaN."""
    if type(a) is not type(b):
        return False
    match a:
        case np.ndarray():
            if a.dtype.kind == "O":
                return a.shape == b.shape and all(map(same, a.flat, b.flat))
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
            return list(map(encode, a)) == list(map(encode, b)) and all(map(same, a.values(), b.values()))
        case _:
            return bool(a == b) or encode(a) == encode(b)  # NaN in a set; objects equal themselves alone


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
keys = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), floats, texts, st.binary(max_size=4), st.dates()),
    lambda parts: (
        st.lists(parts, max_size=3).map(tuple)
        | st.frozensets(parts, max_size=3)
        | st.builds(lambda a, b: Named("Pair", ("a", "b"), (a, b)), parts, parts)
    ),
    max_leaves=3,
)
names = st.lists(st.text("abcxyz_é", min_size=1, max_size=4), max_size=3, unique=True)
exact = st.one_of(
    st.datetimes(),
    st.timedeltas(),
    st.fractions(),
    st.decimals(allow_nan=False),
    hnp.arrays(st.sampled_from(["U1", "U5", "S3"]), hnp.array_shapes(min_dims=0, max_dims=2, min_side=0)),
    hnp.arrays(
        st.sampled_from(["M8[D]", "M8[ns]", "m8[s]", "M8[25s]"]),
        hnp.array_shapes(min_dims=0, max_dims=2, min_side=0),
    ),
    hnp.from_dtype(np.dtype("M8[us]")),
    hnp.arrays(np.dtype([("a", "i4"), ("b", "U3"), ("c", "f8", (2,))]), st.integers(0, 3)),
    st.builds(
        lambda *parts: Instance("range", "range", dict(zip(PARTS["range"], parts, strict=True))),
        *(st.integers(), st.integers(), st.integers().filter(bool)),
    ),
)


def _named(fields: list[str], values: list[Any]) -> Named:
    return Named("Record", fields, (values * 3)[: len(fields)])


def _instance(fields: list[str], values: list[Any]) -> Instance:
    return Instance("dataclass", "Record", dict(zip(fields, values * 3, strict=False)))


def _objects(items: list[Any]) -> Any:
    array = np.empty(len(items), object)
    for i, item in enumerate(items):
        array[i] = item
    return array


def wholes(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values that hold others."""
    some = st.lists(parts, min_size=1, max_size=3)
    return (
        st.lists(parts, max_size=4)
        | st.lists(parts, max_size=4).map(tuple)
        | st.dictionaries(texts | st.integers(), parts, max_size=4)
        | st.dictionaries(keys, parts, max_size=3)
        | st.sets(keys, max_size=4)
        | st.builds(_named, names.filter(bool), some)
        | st.builds(_instance, names, some)
        | st.lists(parts, min_size=1, max_size=4).map(_objects)
    )


values = st.recursive(leaves | exact, wholes, max_leaves=12)
