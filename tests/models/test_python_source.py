"""Values as Python source give the same values when they are run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.models.python_source import FEW, arguments_source, call_source, source
from grader.plain.frames import Column, Frame, Labels, Series

NAMES = {"np": np, "pd": pd}


def run(text: str) -> Any:
    return eval(text, dict(NAMES))  # our own source


@given(
    arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.uint8, np.bool_]),
        arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
        elements=st.integers(0, 1),
    )
)
def test_an_array_comes_back(array: np.ndarray[Any, Any]) -> None:
    back = run(source(array))
    assert (back.shape, back.dtype) == (array.shape, array.dtype)
    assert np.array_equal(back, array)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(0.1, id="number"),
        pytest.param({"W1": [1, (2.5,)], (1, "a"): None}, id="containers"),
        pytest.param({1, 2}, id="set"),
        pytest.param("it's\n", id="text"),
        pytest.param(True, id="truth value"),
        pytest.param(-np.inf, id="infinity"),
    ],
)
def test_a_plain_value_comes_back(value: Any) -> None:
    assert run(source(value)) == value


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(np.array([np.nan, 1.0]), id="NaN"),
        pytest.param(np.array(["a", "bc"]), id="texts"),
        pytest.param(np.array(["2020-01-01", "NaT"], "M8[D]"), id="dates"),
        pytest.param(np.array([1 + 2j]), id="complex numbers"),
    ],
)
def test_an_array_of_other_entries_comes_back(array: Any) -> None:
    back = run(source(array))
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


def test_frames_come_back() -> None:
    rows = Labels((None,), (Column("int64", np.arange(2)),))
    names = Labels((None,), (Column("str", np.array(["a", "b"])),))
    price, city = Column("float64", np.array([1.5, 2.0])), Column("str", np.array(["x", "y"]))
    frame = run(source(Frame(rows, names, (price, city))))
    assert frame.to_dict("list") == {"a": [1.5, 2.0], "b": ["x", "y"]}
    assert [*run(source(Series("p", names, price))).index] == ["a", "b"]


def test_a_call_can_be_pasted() -> None:
    assert call_source("f", (np.array([[3.0, 1.5]]), "relu")) == "f(np.array([[3., 1.5]]), 'relu')"


def test_arguments_are_set_one_a_line_and_large_ones_are_described() -> None:
    text = arguments_source(("A", "k", "X", "c"), (np.ones((1, 2)), 3, np.ones((100, 9)), [np.ones(FEW + 1)]))
    assert text.split("\n") == [
        "A = np.array([[1., 1.]])",
        "k = 3",
        "X = ...  # an array of shape (100, 9), float64",
        "c = ...  # with arrays of the shapes (201,)",
    ]
