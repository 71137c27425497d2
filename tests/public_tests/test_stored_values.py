"""Every value that a case may hold comes back from an HDF5 file, and is plain to other tools there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import h5py
import numpy as np
import pytest

from grader.models.serialization import decode, encode
from grader.plain.frames import Column
from grader.plain.records import Instance, Named
from grader.public_tests.stored_values import get_value, put_value

OBJECTS = np.empty((1, 2), object)
OBJECTS[0, 0], OBJECTS[0, 1] = [1], None


def stored(value: Any) -> Any:
    """The value read again from a file in memory."""
    with h5py.File("cases.h5", "w", driver="core", backing_store=False) as file:
        put_value(file, "value", value, {})
        return get_value(file["value"])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({3, 1, 2}, id="set"),
        pytest.param(frozenset({(1, "a"), None}), id="frozen set of tuples"),
        pytest.param({(1, 2): "a", 3: [1], None: {}, 2.5: 1}, id="keys of other types"),
        pytest.param({"": 1, "a/b": 2}, id="keys that HDF5 cannot name"),
        pytest.param(Named("Point", ("x", "y"), (1, [2.5])), id="named tuple"),
        pytest.param(Instance("dataclass", "Box", {"b": 1, "a": {2}}), id="dataclass"),
        pytest.param(Instance("range", "range", {"start": 0, "stop": 9, "step": 2}), id="range"),
        pytest.param(np.array(["a", "é", ""]), id="texts"),
        pytest.param(np.array([[b"a", b"bc"]]), id="bytes in an array"),
        pytest.param(np.array([], "U3"), id="no texts"),
        pytest.param(np.array("abc"), id="a text in an array without axes"),
        pytest.param(np.array(["2020", "NaT"], "M8[D]"), id="dates"),
        pytest.param(np.array([1, 2], "m8[25s]"), id="durations"),
        pytest.param(np.datetime64("2020-01-01T03"), id="a date of NumPy"),
        pytest.param(OBJECTS, id="objects"),
        pytest.param(np.array([(1, "a", [1.0, 2.0])], "i4,U3,(2,)f8"), id="records"),
        pytest.param(b"a\0b", id="bytes"),
        pytest.param(b"", id="no bytes"),
        pytest.param(date(2020, 1, 2), id="date"),
        pytest.param(datetime(2020, 1, 2, 3, 4, 5, 6), id="date and time"),
        pytest.param(timedelta(-1, 5, 7), id="duration"),
        pytest.param(Fraction(1, 3), id="fraction"),
        pytest.param(Decimal("1.50"), id="decimal"),
    ],
)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    assert encode(stored(value)) == encode(value)


def test_a_frame_comes_back_and_its_columns_have_their_names() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {"city": ["Rome", None], "price": [1.5, 2], "n": pd.array([1, None], dtype="Int64"), "k": ["a", "b"]},
        index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None]),
    ).astype({"k": "category"})
    for table in (
        frame,
        frame["price"],
        frame.index,
        frame.set_axis([0, 1, 2, 3], axis=1),
        frame.iloc[:, [1, 1]],
    ):
        assert encode(stored(decode(encode(table)))) == encode(table)
    with h5py.File("cases.h5", "w", driver="core", backing_store=False) as file:
        put_value(file, "df", decode(encode(frame)), {})
        assert [*file["df/values"]] == ["city", "price", "n", "k"]
        assert file["df/values/price/values"][()].tolist() == [1.5, 2]
        assert file["df/values/city/values"].asstr()[0] == "Rome"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(object(), "a value of type object cannot be a public case", id="no plain value"),
        pytest.param("a\0b", "NULL", id="a text with a NUL"),
    ],
)
def test_what_cannot_be_stored_is_an_error(value: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        stored(value)


def test_a_column_by_itself_keeps_what_is_missing() -> None:
    column = Column("Int64", np.array([1, 2]), np.array([False, True]))
    assert encode(stored(column)) == encode(column)
