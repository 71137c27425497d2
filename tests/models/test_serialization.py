"""Tests of values as bytes: what crosses arrives unchanged, and no bytes do harm."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import bits, same, u32, u64, values

from grader.models import serialization
from grader.models.serialization import (
    DTYPES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    Unsupported,
    WireError,
    decode,
    encode,
)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = process_time()
    yield
    assert process_time() - start < seconds


# ---------------------------------------------------------------- round trips


@given(values)
@settings(max_examples=200)
def test_a_value_comes_back_as_it_was_to_the_last_bit(value: Any) -> None:
    assert same(decode(encode(value)), value)


@given(values)
@settings(max_examples=50)
def test_equal_values_have_equal_bytes(value: Any) -> None:
    data = encode(value)
    assert encode(decode(data)) == data


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_dtype_of_the_table_crosses_as_an_array_and_as_a_number(dtype: np.dtype[Any]) -> None:
    array = np.array([[0, 1, 1], [1, 0, 1]], dtype)
    assert same(decode(encode(array)), array)
    assert same(decode(encode(array[0, 1])), array[0, 1])


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(-0.0, id="minus zero"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param(bits(0x7FF8_0000_0000_0001), id="NaN with a payload"),
        pytest.param(bits(0xFFF8_0000_0000_0000), id="negative NaN"),
        pytest.param(bits(0x0000_0000_0000_0001), id="smallest subnormal"),
        pytest.param(complex(-0.0, float("nan")), id="complex"),
        pytest.param(2**63 - 1, id="last integer of eight bytes"),
        pytest.param(2**63, id="first integer of nine bytes"),
        pytest.param(-(2**63) - 1, id="first negative integer of nine bytes"),
        pytest.param(-(2**8000), id="long integer"),
        pytest.param(True, id="a bool is no integer"),
    ],
)
def test_numbers_keep_their_bits(number: complex) -> None:
    assert same(decode(encode(number)), number)


@pytest.mark.parametrize(
    ("array", "plain"),
    [
        pytest.param(np.arange(6, dtype=">f8").reshape(2, 3), np.arange(6.0).reshape(2, 3), id="big-endian"),
        pytest.param(
            np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.arange(6.0).reshape(2, 3), id="Fortran order"
        ),
        pytest.param(np.arange(6.0).reshape(2, 3).T, np.arange(6.0).reshape(2, 3).T.copy(), id="transposed"),
        pytest.param(np.arange(9.0)[::-2], np.array([8.0, 6, 4, 2, 0]), id="negative strides"),
        pytest.param(np.broadcast_to(1.5, (2, 2)), np.full((2, 2), 1.5), id="strides of zero"),
        pytest.param(np.array(2.5), np.array(2.5), id="0-d"),
        pytest.param(np.empty((0, 3)), np.empty((0, 3)), id="empty"),
        pytest.param(np.array([[1.0, 2.0]]).view(np.matrix), np.array([[1.0, 2.0]]), id="matrix"),
        pytest.param(np.ma.masked_array([1.0, 2.0], [True, False]), np.array([1.0, 2.0]), id="masked array"),
    ],
)
def test_an_array_arrives_plain_whatever_its_layout_or_class(array: Any, plain: Any) -> None:
    assert same(decode(encode(array)), plain)


def test_a_decoded_array_can_be_written_to() -> None:
    array = decode(encode(np.zeros(3)))
    array[0] = 1
    assert array.tolist() == [1, 0, 0]


class Liar(np.ndarray[Any, Any]):
    """An array that is equal to everything and shows another face to whoever asks."""

    def __eq__(self, other: object) -> Any:
        return True

    __hash__ = None

    def __array__(self, *_: Any, **__: Any) -> Any:
        return np.ones(2)

    def __array_finalize__(self, _: Any) -> None:
        pass

    @property  # type: ignore[misc]  # hides the true one
    def shape(self) -> Any:
        return (1,)

    def tobytes(self, order: Any = "C") -> bytes:
        return np.ones(2).tobytes()


class LyingDict(dict[Any, Any]):
    def items(self) -> Any:
        return [("forged", 1)]

    def __iter__(self) -> Any:
        return iter(["forged"])


class LyingList(list[Any]):
    def __iter__(self) -> Any:
        return iter(["forged"])

    def __len__(self) -> int:
        return 1


class LyingText(str):
    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        return b"forged"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        pytest.param(np.zeros(2).view(Liar), np.zeros(2), id="array"),
        pytest.param(LyingDict(a=0), {"a": 0}, id="dict"),
        pytest.param(LyingList([1, 2]), [1, 2], id="list"),
        pytest.param(LyingText("true"), "true", id="text"),
        pytest.param(OrderedDict(b=1, a=2), {"b": 1, "a": 2}, id="ordered dict"),
    ],
)
def test_a_subclass_crosses_as_the_plain_data_that_it_holds(value: Any, plain: Any) -> None:
    assert same(decode(encode(value)), plain)


def test_a_0d_array_of_an_object_crosses_as_that_object() -> None:
    assert decode(encode(np.squeeze(np.array(None, dtype=object)))) is None
    assert decode(encode([np.array({"a": 1}, dtype=object)])) == [{"a": 1}]


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        pytest.param(object(), "object", id="object"),
        pytest.param(len, "builtin_function_or_method", id="function"),
        pytest.param((x for x in "ab"), "generator", id="generator"),
        pytest.param(np.longdouble(1), "longdouble number", id="long double"),
        pytest.param(10**5000, "very long integer", id="very long integer"),
        pytest.param(int, "type", id="class"),
        pytest.param(datetime(2020, 1, 1, tzinfo=UTC), "datetime with a time zone", id="time zone"),
        pytest.param({int: 3}, "dictionary with a key of type type", id="key is a class"),
        pytest.param({((), int): 3}, "dictionary with a key of type type", id="key has a class in it"),
        pytest.param({LyingText("a"): 3}, "dictionary with a key of type LyingText", id="key of a subclass"),
        pytest.param({LyingText("a")}, "set with an entry of type LyingText", id="entry of a subclass"),
        pytest.param(np.zeros(1, "f8,g"), "array of void", id="records with a long double"),
        pytest.param(np.zeros(1, "O,i4"), "array of void", id="records with objects"),
        pytest.param(Unsupported("gadget"), "gadget", id="what was unsupported stays so"),
    ],
)
def test_what_cannot_cross_arrives_as_its_name(value: Any, type_name: str) -> None:
    arrived = decode(encode([value]))[0]
    assert isinstance(arrived, Unsupported)
    longdouble = np.dtype(np.longdouble).name
    assert arrived.type_name.startswith(type_name.replace("longdouble", longdouble))


def test_what_is_unsupported_equals_nothing_not_even_itself() -> None:
    gadget = Unsupported("gadget")
    assert not gadget == gadget  # noqa: SIM201  # the method that is tested
    assert gadget != gadget
    with pytest.raises(TypeError, match="unhashable"):
        hash(gadget)


def nested(depth: int) -> Any:
    value: Any = "inside"
    for _ in range(depth):
        value = [value]
    return value


def innermost(value: Any) -> Any:
    while isinstance(value, list):
        value = value[0]
    return value


def holds_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def array_that_holds_itself() -> Any:
    array = np.empty(1, object)
    array[0] = array.reshape(())
    return array[0]


def test_nesting_crosses_down_to_the_last_permitted_level_and_is_cut_off_below() -> None:
    assert innermost(decode(encode(nested(MAX_DEPTH)))) == "inside"
    assert isinstance(innermost(decode(encode(nested(MAX_DEPTH + 1)))), Unsupported)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(holds_itself(), id="list"),
        pytest.param(array_that_holds_itself(), id="0-d array"),
        pytest.param({"a": holds_itself()}, id="list in a dict"),
    ],
)
def test_a_value_that_holds_itself_is_cut_off(value: Any) -> None:
    with within(seconds=1):
        assert isinstance(decode(encode(value)), list | dict | Unsupported)


def aliases(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value, value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([0] * MAX_NODES, id="one value too many"),
        pytest.param(aliases(60), id="2**60 aliases of one list"),
        pytest.param(np.broadcast_to(0.0, (10**6, 10**6)), id="array of strides zero"),
        pytest.param(bytes(MAX_BYTES), id="bytes"),
        pytest.param("x" * MAX_BYTES, id="text"),
        pytest.param([bytes(MAX_BYTES // 2)] * 2, id="all parts together"),
    ],
)
def test_what_is_larger_than_the_budgets_is_refused_by_the_encoder(value: Any) -> None:
    with within(seconds=2), pytest.raises(WireError, match=r"too (large|many)"):
        encode(value)


def test_as_many_values_as_the_budget_allows_cross() -> None:
    assert len(decode(encode([0] * (MAX_NODES - 1)))) == MAX_NODES - 1


# ---------------------------------------------------------------- hostile bytes


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_arbitrary_bytes_are_a_value_or_a_wire_error(data: bytes) -> None:
    with suppress(WireError):
        decode(data)


@given(values, st.data())
@settings(max_examples=200)
def test_changed_bytes_are_a_value_or_a_wire_error(value: Any, data: st.DataObject) -> None:
    changed = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(changed) - 1))
        changed[position] = data.draw(st.integers(0, 255))
    with suppress(WireError):
        decode(bytes(changed))


@given(values)
@settings(max_examples=50)
def test_no_part_of_a_value_is_a_value(value: Any) -> None:
    data = encode(value)
    for end in {0, 1, len(data) // 2, len(data) - 1} - {len(data)}:
        with pytest.raises(WireError):
            decode(data[:end])


def array_bytes(dtype: str, shape: list[int], data: bytes = b"") -> bytes:
    index = DTYPES.index(np.dtype(dtype))
    return b"A" + bytes((index, len(shape))) + b"".join(map(u64, shape)) + data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "end too early", id="nothing"),
        pytest.param(b"Z", "no such tag", id="unknown tag"),
        pytest.param(b"\x80\x04N.", "no such tag", id="a pickle"),
        pytest.param(b"NN", "left over", id="trailing bytes"),
        pytest.param(b"I" + bytes(7), "end too early", id="short integer"),
        pytest.param(b"S" + u32(5) + b"abc", "end too early", id="length beyond the end"),
        pytest.param(b"Y" + u32(2**32 - 1), "too long", id="length of 4 GB"),
        pytest.param(b"B" + u32(serialization.MAX_INT_BYTES + 1), "too long", id="integer beyond its limit"),
        pytest.param(b"X" + u32(201) + b"x" * 201, "too long", id="type name beyond its limit"),
        pytest.param(b"S" + u32(1) + b"\xff", "utf-8", id="text that is not UTF-8"),
        pytest.param(b"L" + u32(2**32 - 1), "too many", id="list of 2**32 values"),
        pytest.param(b"L" + u32(3) + b"NN", "too many", id="list longer than the bytes"),
        pytest.param(b"M" + u32(2) + b"NNN", "too many", id="dict longer than the bytes"),
        pytest.param(b"L" + u32(MAX_NODES) + b"N" * MAX_NODES, "too many", id="list beyond the budget"),
        pytest.param((b"L" + u32(1)) * 65 + b"N", "too deep", id="lists too deep"),
        pytest.param((b"U" + u32(1)) * 10_000 + b"N", "too deep", id="tuples much too deep"),
        pytest.param((b"M" + u32(1) + encode("a")) * 65 + b"N", "too deep", id="dicts too deep"),
        pytest.param(b"M" + u32(2) + (encode("a") + b"N") * 2, "twice", id="duplicate key"),
        pytest.param(b"M" + u32(1) + encode(Unsupported("x")) + b"N", "not plain", id="key is unsupported"),
        pytest.param(b"M" + u32(1) + b"L" + u32(0) + b"N", "not plain", id="key is a list"),
        pytest.param(array_bytes("?", [2], b"\x01\x02"), "neither 0 nor 1", id="bool byte of 2"),
        pytest.param(b"G" + bytes((0, 255)), "neither 0 nor 1", id="bool number of 255"),
        pytest.param(b"G" + bytes((len(DTYPES),)), "no such type", id="number of an unknown dtype"),
        pytest.param(b"A" + bytes((len(DTYPES), 0)), "no such type", id="array of an unknown dtype"),
        pytest.param(b"A" + bytes((0, 33)) + u64(1) * 33 + b"\x01", "no such type", id="33 dimensions"),
        pytest.param(array_bytes("f8", [2, 3], bytes(40)), "end too early", id="array beyond the end"),
        pytest.param(array_bytes("f8", [2**63, 2], b""), "too large", id="shape that wraps to zero"),
        pytest.param(array_bytes("f8", [2**32, 2**32]), "too large", id="shape that wraps to one"),
        pytest.param(array_bytes("f8", [2**64 - 1]), "too large", id="shape of minus one"),
        pytest.param(array_bytes("f8", [0, 2**62]), "too large", id="empty array of a huge shape"),
        pytest.param(array_bytes("f8", [2**40]), "too large", id="array of 8 TB"),
    ],
)
def test_what_the_encoder_never_wrote_is_refused(data: bytes, reason: str) -> None:
    with within(seconds=1), pytest.raises(WireError, match=reason):
        decode(data)


def test_keys_that_are_chosen_to_collide_are_refused() -> None:
    colliding = [k * (2**61 - 1) for k in range(2000)]  # all have the same hash
    data = b"M" + u32(len(colliding)) + b"".join(encode(key) + b"N" for key in colliding)
    with within(seconds=1), pytest.raises(WireError):
        decode(data)


def test_millions_of_truth_values_are_checked_quickly() -> None:
    with within(seconds=1):
        assert decode(encode(np.ones(16 << 20, bool))).all()
