"""Data frames become plain values and come back with the same entries, labels and dtypes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.models.serialization import Unsupported, decode, encode
from grader.plain.frames import Column, Frame, Labels, Series, check_table
from grader.plain.pandas_frames import ForeignColumnError, plain_frame, real_frame

pd = pytest.importorskip("pandas")

DATES = pd.to_datetime(["2020-01-01 00:00", None, "2021-05-05 12:00"])
FRAME = pd.DataFrame(
    {
        "text": ["a", None, "bc"],
        "number": [1, 2, 3],
        "fraction": [0.5, np.nan, -0.0],
        "truth": [True, False, True],
        "date": DATES,
        "duration": DATES - DATES[0],
        "Berlin": DATES.tz_localize("Europe/Berlin"),
        "nullable": pd.array([1, None, 3], dtype="Int64"),
        "nullable truth": pd.array([True, None, False], dtype="boolean"),
        "string": pd.array(["a", None, "b"], dtype="string"),
        "category": pd.Categorical(["u", None, "u"], categories=["v", "u"], ordered=True),
        "objects": [[1], {"a": 2}, None],
    }
)


def again(value: Any) -> Any:
    return real_frame(decode(encode(value)))


def test_a_frame_comes_back_with_its_dtypes() -> None:
    pd.testing.assert_frame_equal(again(FRAME), FRAME)


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(FRAME[["text", "number"]].set_index("text"), id="index of texts"),
        pytest.param(FRAME.set_index(["number", "category"]), id="index of levels"),
        pytest.param(FRAME.set_index("date")[["number"]], id="index of dates"),
        pytest.param(FRAME.groupby("truth")[["number"]].agg(["sum", "mean"]), id="columns of levels"),
        pytest.param(FRAME[["number", "number"]], id="a column twice"),
        pytest.param(pd.DataFrame({0: [1.5], 1: ["x"]}), id="columns that are numbers"),
        pytest.param(FRAME.iloc[:0], id="no rows"),
        pytest.param(pd.DataFrame(index=range(3)), id="no columns"),
        pytest.param(pd.DataFrame({"a": [1]}, index=["x\0"]), id="text that NumPy would cut"),
    ],
)
def test_labels_come_back(frame: Any) -> None:
    pd.testing.assert_frame_equal(again(frame), frame, check_column_type=False)


def test_series_and_indices_come_back() -> None:
    series = FRAME.set_index("text")["fraction"]
    pd.testing.assert_series_equal(again(series), series)
    pd.testing.assert_index_equal(again(series.index), series.index)
    assert isinstance(again(FRAME.index), pd.RangeIndex)


@given(
    st.lists(
        st.tuples(
            st.floats(), st.text(max_size=4) | st.none(), st.integers(-(2**63), 2**63 - 1), st.booleans()
        ),
        max_size=5,
    )
)
@settings(max_examples=40)
def test_what_comes_back_has_the_same_bytes(rows: list[Any]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b", "c", "d"])
    assert encode(again(frame)) == encode(frame)


def test_a_time_stamp_is_a_date_of_numpy() -> None:
    assert decode(encode(pd.Timestamp("2020-01-02"))) == np.datetime64("2020-01-02")
    assert decode(encode(pd.Timedelta("2h"))) == np.timedelta64(2, "h")
    assert np.isnat(decode(encode(pd.NaT)))


@pytest.mark.parametrize("dtype", ["period[M]", "Sparse[float64]", "interval"])
def test_a_dtype_that_does_not_cross_is_named(dtype: str) -> None:
    values = {
        "period[M]": pd.period_range("2020-01", periods=2, freq="M"),
        "Sparse[float64]": pd.arrays.SparseArray([1.0, 0.0]),
        "interval": pd.interval_range(0, 2),
    }[dtype]
    frame = pd.DataFrame({"a": values})
    with pytest.raises(ForeignColumnError, match=r".*"):
        plain_frame(frame)
    arrived = decode(encode(frame))
    assert isinstance(arrived, Unsupported)
    assert arrived.type_name == f"DataFrame with values of {frame.a.dtype}"


class LyingFrame(pd.DataFrame):  # type: ignore[misc]
    @property
    def index(self) -> Any:
        return 5


def test_a_frame_of_a_class_of_ones_own_does_not_cross() -> None:
    arrived = decode(encode(LyingFrame({"a": [1]})))
    assert isinstance(arrived, Unsupported)
    assert arrived.type_name == "LyingFrame"


def test_a_large_frame_of_texts_costs_few_nodes() -> None:
    frame = pd.DataFrame({"word": ["abc", "de"] * 50_000, "n": range(100_000)})
    assert encode(again(frame)) == encode(frame)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(Column("int64", np.zeros((1, 1))), id="two axes"),
        pytest.param(Labels((None, None), (Column("int64", np.arange(1)),)), id="a name too many"),
        pytest.param(
            Series(None, Labels((None,), (Column("x", np.arange(1)),)), Column("x", np.arange(2))),
            id="longer",
        ),
    ],
)
def test_parts_that_do_not_fit_are_refused(table: Any) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        check_table(table)


def test_missing_entries_are_shown_as_none_or_nan() -> None:
    frame: Frame = plain_frame(FRAME)
    shown = dict(
        zip(frame.columns.listed(), (column.entries().tolist() for column in frame.values), strict=True)
    )
    assert shown["text"] == ["a", None, "bc"]
    assert shown["category"] == ["u", None, "u"]
    assert shown["nullable truth"] == [True, None, False]
    assert np.array_equal(shown["nullable"], [1, np.nan, 3], equal_nan=True)
