"""What hints rest on: how many different numbers there are."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from strategies import values

from grader.hints.evidence import distinct, same

ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.complex128, np.int64, np.bool_]),
    hnp.array_shapes(min_dims=0, max_dims=2, min_side=0),
)


@given(ARRAYS)
def test_distinct_numbers_are_counted_as_numpy_counts_them(array: Any) -> None:
    assert distinct(array) == np.unique(array).size


def test_equal_infinities_are_one_number_and_so_is_what_is_none() -> None:
    assert distinct(np.array([np.inf, np.inf, -np.inf, np.nan, np.nan, 0.0, -0.0])) == 4


@given(values)
def test_a_value_is_the_same_as_its_copy(value: Any) -> None:
    assert same(value, copy.deepcopy(value))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        pytest.param(True, False, id="truth values"),
        pytest.param(0, False, id="a number and a truth value"),
        pytest.param([], (), id="empty containers of two kinds"),
        pytest.param(b"x", b"y", id="bytes"),
        pytest.param(None, 0, id="None and a number"),
        pytest.param(np.array([np.nan, 1.0]), np.array([1.0, np.nan]), id="NaN elsewhere"),
        pytest.param(np.inf, -np.inf, id="infinities"),
    ],
)
def test_different_values_are_not_the_same(x: Any, y: Any) -> None:
    assert not same(x, y)
    assert not same(y, x)
