"""What hints rest on: how many different numbers there are."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.hints.evidence import distinct

ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.complex128, np.int64, np.bool_]),
    hnp.array_shapes(min_dims=0, max_dims=2, min_side=0),
)


@given(ARRAYS)
def test_distinct_numbers_are_counted_as_numpy_counts_them(array: Any) -> None:
    assert distinct(array) == np.unique(array).size


def test_equal_infinities_are_one_number_and_so_is_what_is_none() -> None:
    assert distinct(np.array([np.inf, np.inf, -np.inf, np.nan, np.nan, 0.0, -0.0])) == 4
