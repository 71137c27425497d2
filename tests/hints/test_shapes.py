"""Tests of hints on shapes: axes, rows and columns that are lost, added or swapped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    DA,
    SQUARE,
    A,
    M,
    W,
    b,
    hint_of,
)


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(W, W.T, "It is transposed.", id="transpose of another shape"),
        pytest.param(SQUARE, SQUARE.T, "It is transposed.", id="transpose of the same shape"),
        pytest.param(
            W, A[:, :3], "rows and the number of its columns have changed places", id="only the shape"
        ),
        pytest.param(b, b.ravel(), "It has lost an axis of length 1.", id="rank 1"),
        pytest.param(1.5, np.full((1, 1), 1.5), "2 axes of length 1 too many", id="1 x 1 for a number"),
        pytest.param(W, W.reshape(2, 6), "only its shape is wrong", id="reshaped"),
        pytest.param(b, b.sum(keepdims=True), "the sum of all the numbers that are expected", id="summed"),
        pytest.param(
            b, DA.sum(0, keepdims=True), "one number for each of the m = 5 examples", id="other axis"
        ),
        pytest.param(W, W[:2], "only the number of its rows is wrong", id="a row lost"),
        pytest.param(W, W[:, :2], "only the number of its columns is wrong", id="a column lost"),
        pytest.param(W, W[:2, :2], "Both the number of its rows", id="a row and a column lost"),
        pytest.param(W, 0.5, "a single number, and an array is expected", id="a number for an array"),
    ],
)
def test_a_hint_says_how_an_array_differs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, np.ones((2, M)))
