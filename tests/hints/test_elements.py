"""Tests of hints on elements: what the wrong numbers of an array have in common."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    SQUARE,
    A,
    M,
    W,
    Z,
    b,
    hint_of,
    relu,
)


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(W, (9 * W).astype(int), "cuts off the fractions", id="integers"),
        pytest.param(W, W > 0, "gives truth values", id="truth values"),
        pytest.param(W, W * np.nan, "NaN comes from 0/0", id="nan"),
        pytest.param(W, W * np.inf, "division by 0", id="infinity"),
        pytest.param(W, np.zeros((3, 4)), "All its elements are 0.", id="zeros"),
        pytest.param(np.zeros((3, 1)), np.ones((3, 1)), "All its elements are 1.", id="ones for zeros"),
        pytest.param(W, W.round(2), "rounded to 2 decimals", id="rounded"),
        pytest.param(W, W.astype(np.float16), "float16", id="half precision"),
        pytest.param(W, np.abs(W), "some signs are wrong", id="magnitudes"),
        pytest.param(W, W + 1.5, "Every element is off by the same amount.", id="offset"),
        pytest.param(W, W + SQUARE[:, :1], "elements of a row are off by the same", id="offset of rows"),
        pytest.param(W, W[::-1], "Its rows are in reverse order.", id="rows reversed"),
        pytest.param(
            W, W[:, [1, 2, 0, 3]], "Its columns are right, but in another order", id="columns moved"
        ),
        pytest.param(W, np.vstack([W[:2], A[:1, :4]]), "Only row 2 is wrong.", id="one row"),
        pytest.param(relu(W), np.where(W > 0, W, -7.1), "wrong just where it should be 0", id="at zeros"),
        pytest.param(Z, np.where(Z > 0, Z, 0), "Where it is wrong, it is 0.", id="zeros for negatives"),
    ],
)
def test_a_hint_says_how_an_array_differs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, np.ones((2, M)))


def test_uniform_numbers_are_told_from_normal_ones_where_the_function_draws_them():
    uniform = np.random.default_rng(2).random((3, 4))
    assert "`np.random.randn` have both signs" in hint_of(W, uniform, 4, 3)
    assert hint_of(W, uniform, A) == ""


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(W @ A, "(3, 1) is missing from the sum", id="left out"),
        pytest.param(W @ A - b, "(3, 1) is subtracted where it should be added", id="subtracted"),
        pytest.param(W @ A + 2 * b, "(3, 1) is added once too often", id="twice"),
    ],
)
def test_a_hint_names_a_term_that_is_an_input(actual: Any, says: str):
    assert says in hint_of(W @ A + b, actual, A, W, b)
