"""Objects arrive as their parts, whatever their classes claim, and no bytes do harm."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter, defaultdict, deque, namedtuple
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from time import process_time
from types import SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import keys, u32, values

from grader.models.objects import FRAME, INSTANCE, NAMED, OBJECT_ARRAY, RECORD_ARRAY, TEXT_ARRAY
from grader.models.serialization import Unsupported, WireError, decode, encode
from grader.plain.frames import Column, Frame, Labels
from grader.plain.records import Instance, Named

Pair = namedtuple("Pair", "a b")


@dataclasses.dataclass
class Box:
    kinds: ClassVar[int] = 3
    width: int = 1
    height: Any = None
    hidden: dataclasses.InitVar[int] = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Slots:
    x: float


@dataclasses.dataclass
class Unset:
    x: int


class Liar:
    """Defines what an encoder might call."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"the encoder asked for {name}")


class LyingMeta(type):
    @property
    def __mro__(cls) -> Any:
        raise AssertionError("the encoder asked a metaclass")

    def __getattribute__(cls, name: str) -> Any:
        if name in ("__name__", "__module__"):
            return type.__getattribute__(cls, name)
        raise AssertionError(f"the encoder asked a metaclass for {name}")


@dataclasses.dataclass
class LyingBox:
    width: int

    def __getattribute__(self, name: str) -> Any:
        return 99


class LyingSet(set[Any]):
    def __iter__(self) -> Any:
        return iter([99])

    def __len__(self) -> int:
        return 0


class LyingPair(Pair):
    def __iter__(self) -> Any:
        return iter([99, 99])

    def __getitem__(self, _: Any) -> Any:
        return 99


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param({3, 1}, "{1, 3}", id="set"),
        pytest.param(frozenset([1]), "frozenset({1})", id="frozen set"),
        pytest.param({Pair(1, 2)}, "{Pair(a=1, b=2)}", id="set of named tuples"),
        pytest.param({(1, 2): 3, None: 4}, "{(1, 2): 3, None: 4}", id="keys of other types"),
        pytest.param({np.int64(3): 1}, "{3: 1}", id="a NumPy number as a key is one of Python"),
        pytest.param({np.str_("a"): 1}, "{'a': 1}", id="a NumPy text as a key is one of Python"),
        pytest.param(Pair(1, [2]), "Pair(a=1, b=[2])", id="named tuple"),
        pytest.param(Box(2, "x"), "Box(width=2, height='x')", id="dataclass, without what is not its own"),
        pytest.param(Slots(2.0), "Slots(x=2.0)", id="dataclass with slots"),
        pytest.param(LyingBox(1), "LyingBox(width=1)", id="dataclass that lies"),
        pytest.param(LyingSet([1]), "{1}", id="set that lies"),
        pytest.param(LyingPair(1, 2), "LyingPair(a=1, b=2)", id="named tuple that lies"),
        pytest.param(range(0, 9, 2), "range(start=0, stop=9, step=2)", id="range"),
        pytest.param(np.poly1d([1, 2]), "poly1d(coef=array([1, 2]))", id="polynomial of the old kind"),
        pytest.param(Fraction(2, 4), "Fraction(1, 2)", id="fraction"),
        pytest.param(Decimal("1.50"), "Decimal('1.50')", id="decimal"),
        pytest.param(date(2020, 1, 2), "datetime.date(2020, 1, 2)", id="date"),
        pytest.param(datetime(2020, 1, 2, 3), "datetime.datetime(2020, 1, 2, 3, 0)", id="date and time"),
        pytest.param(timedelta(1, 2), "datetime.timedelta(days=1, seconds=2)", id="duration"),
        pytest.param(deque([1]), "[1]", id="deque is a list"),
        pytest.param(Counter("aa"), "{'a': 2}", id="counter is a dict"),
        pytest.param(defaultdict(int, a=1), "{'a': 1}", id="defaultdict is a dict"),
        pytest.param(np.array(["a", "bc"]), "array(['a', 'bc'], dtype='<U2')", id="texts"),
        pytest.param(np.array(["a"], ">U2"), "array(['a'], dtype='<U2')", id="big-endian texts"),
        pytest.param(np.array([1, None], object), "array([1, None], dtype=object)", id="objects"),
        pytest.param(np.str_("a"), "'a'", id="NumPy text"),
        pytest.param(np.bytes_(b"a"), "b'a'", id="NumPy bytes"),
    ],
)
def test_an_object_arrives_as_what_it_holds(value: Any, shown: str) -> None:
    assert repr(decode(encode(value))) == shown


def test_a_polynomial_arrives_as_its_coefficients() -> None:
    arrived = decode(encode(np.polynomial.Chebyshev([1.0, 2.0], domain=[0, 3])))
    assert (arrived.kind, [*arrived["coef"]], [*arrived["domain"]]) == ("Chebyshev", [1, 2], [0, 3])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Liar(), id="answers nothing"),
        pytest.param(LyingMeta("Meta", (), {})(), id="a metaclass that answers nothing"),
        pytest.param(object.__new__(Unset), id="a dataclass whose field was never set"),
    ],
)
def test_what_is_no_object_of_the_table_is_asked_nothing(value: Any) -> None:
    assert isinstance(decode(encode(value)), Unsupported)


def test_a_module_called_pandas_that_is_none_has_no_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace())
    assert isinstance(decode(encode(Liar())), Unsupported)


@given(st.sets(keys, max_size=6))
@settings(max_examples=50)
def test_equal_sets_have_equal_bytes_in_whatever_order_they_were_made(entries: set[Any]) -> None:
    assert encode(entries) == encode(set(dict.fromkeys(reversed([*entries]))))
    assert encode(decode(encode(entries))) == encode(entries)


def test_what_is_built_of_an_object_takes_its_place() -> None:
    data = encode([Named("P", ("a",), (1,)), {"b": Instance("dataclass", "Q", {"c": Pair(1, 2)})}])
    assert decode(data, build=lambda x: type(x).__name__) == ["Named", {"b": "Instance"}]


# ---------------------------------------------------------------- hostile bytes


def object_bytes(number: int, *parts: Any) -> bytes:
    return b"P" + bytes((number,)) + encode(parts)


LABELS = Labels((None,), (Column("int64", np.arange(2)),))
LONG = Labels((None,), (Column("int64", np.arange(3)),))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(object_bytes(99), id="no such object"),
        pytest.param(b"P", id="cut off"),
        pytest.param(b"P\0N", id="no parts"),
        pytest.param(object_bytes(NAMED, "P", ("a", "a"), (1, 2)), id="a field twice"),
        pytest.param(object_bytes(NAMED, "P", ("a",), (1, 2)), id="a value without a field"),
        pytest.param(object_bytes(NAMED, "P", (1,), (1,)), id="a field that is no text"),
        pytest.param(object_bytes(INSTANCE, "os.system", "x", (), ()), id="another kind"),
        pytest.param(object_bytes(INSTANCE, "range", "range", ("start",), (1,)), id="range without an end"),
        pytest.param(
            object_bytes(INSTANCE, "range", "range", ("start", "stop", "step"), (0, 1.5, 1)), id="half a step"
        ),
        pytest.param(object_bytes(TEXT_ARRAY, "O", (1,), bytes(8)), id="pointers"),
        pytest.param(object_bytes(TEXT_ARRAY, "<f8", (1,), bytes(8)), id="numbers as texts"),
        pytest.param(object_bytes(TEXT_ARRAY, "<U1", (1,), b"\xff" * 4), id="no such character"),
        pytest.param(object_bytes(TEXT_ARRAY, "<U1", (2,), bytes(4)), id="fewer texts than there are"),
        pytest.param(object_bytes(TEXT_ARRAY, "<U1", (-1, -1), bytes(4)), id="negative shape"),
        pytest.param(object_bytes(TEXT_ARRAY, "<U1", (2**40, 0), b""), id="empty and huge"),
        pytest.param(object_bytes(TEXT_ARRAY, "<M8[0s]", (1,), bytes(8)), id="unit of nothing"),
        pytest.param(object_bytes(OBJECT_ARRAY, (2,), (1,)), id="fewer objects than there are"),
        pytest.param(object_bytes(RECORD_ARRAY, (2,), ("a",), (np.zeros(3),)), id="longer field"),
        pytest.param(object_bytes(RECORD_ARRAY, (2**20,), ("a",), (np.zeros((2**20, 0)),)), id="no bytes"),
        pytest.param(object_bytes(6, 1, 0), id="fraction by zero"),
        pytest.param(object_bytes(7, "sNaN"), id="a NaN that raises"),
        pytest.param(object_bytes(8, 2020, 13, 1), id="no such month"),
        pytest.param(object_bytes(10, 2**40, 0, 0), id="no such duration"),
        pytest.param(object_bytes(11, "x", np.zeros((1, 1)), None, None, False), id="column of two axes"),
        pytest.param(object_bytes(11, "x", np.arange(2), np.array([1]), None, False), id="odd marks"),
        pytest.param(
            object_bytes(11, "category", np.array([5]), None, Column("int64", np.arange(2)), False),
            id="no code",
        ),
        pytest.param(object_bytes(12, (), ()), id="labels without a level"),
        pytest.param(object_bytes(13, [], LABELS, LABELS.levels[0]), id="a list as a name"),
        pytest.param(object_bytes(FRAME, LABELS, LABELS, LABELS.levels), id="fewer columns than labels"),
        pytest.param(object_bytes(FRAME, LABELS, LABELS, (1, 2)), id="columns that are none"),
        pytest.param(
            object_bytes(FRAME, LABELS, LABELS, LONG.levels * 2), id="columns longer than the index"
        ),
        pytest.param(b"H" + u32(2) + encode(1) * 2, id="an entry twice"),
        pytest.param(b"H" + u32(1) + encode([]), id="a list in a set"),
        pytest.param(b"K" + u32(1) + encode(np.float64(1)), id="a NumPy number in a set"),
        pytest.param((b"H" + u32(1)) * 65 + b"N", id="sets in sets"),
        pytest.param(b"H" + u32(2**32 - 1), id="an endless set"),
    ],
)
def test_parts_of_no_object_are_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


def test_entries_that_are_chosen_to_collide_are_refused() -> None:
    colliding = [k * (2**61 - 1) for k in range(5000)]  # all have the same hash
    tuples = [(key,) for key in colliding]
    for entries in (colliding, tuples, [float(2**61 - 1) * 2**i for i in range(0, 900, 61)] + colliding[:40]):
        start = process_time()
        with pytest.raises(WireError):
            decode(b"H" + u32(len(entries)) + b"".join(map(encode, entries)))
        assert process_time() - start < 3


def test_many_numbers_that_do_not_collide_are_a_set_and_keys() -> None:
    assert decode(encode(set(range(20_000)))) == set(range(20_000))
    assert decode(encode(dict.fromkeys(range(20_000)))) == dict.fromkeys(range(20_000))


@given(values, st.data())
@settings(max_examples=150)
def test_changed_bytes_of_any_object_are_a_value_that_encodes_or_a_wire_error(
    value: Any, data: st.DataObject
) -> None:
    changed = bytearray(encode(Frame(LABELS, LABELS, LABELS.levels * 2)) + encode(value))
    changed[:0] = b"U" + u32(2)
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(changed) - 1))
        changed[position] = data.draw(st.integers(0, 255))
    with suppress(WireError):
        decode(encode(decode(bytes(changed))))


def test_a_range_without_steps_is_none() -> None:
    with pytest.raises(WireError):
        decode(encode(Instance("range", "range", {"start": 0, "stop": 3, "step": 0})))
