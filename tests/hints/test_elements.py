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


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        pytest.param([(1.2663, 1), (5.5663, 6)], "It is rounded to 0 decimals.", id="rounded"),
        pytest.param(
            [(1.2663, 1), (5.5663, 5)], "It is cut off after 0 decimals, not rounded.", id="cut off"
        ),
        pytest.param(
            [(-1.777, -1.7), (2.38, 2.3)], "It is cut off after 1 decimal, not rounded.", id="later"
        ),
        pytest.param([(1.2663, 1), (2.25, 2)], "It has 0 decimals; the others are lost.", id="either"),
        pytest.param([(1.2663, 1), (5.5663, 9)], "", id="neither"),
        pytest.param([(1.2663, 1), (5.2663, 5.2663)], "", id="right elsewhere"),
        pytest.param(
            [(0.104, 0.1), (0.127, 0.13)], "It is rounded to 2 decimals.", id="to 2 decimals in all"
        ),
        pytest.param([(1.2663, 1), (5.5663, "5")], "", id="another is no number"),
    ],
)
def test_numbers_are_called_rounded_only_if_all_cases_are(answers: list[tuple[Any, Any]], says: str):
    (expected, actual), *others = answers
    assert hint_of(expected, actual, others=tuple(others)) == says


def test_numbers_are_called_rounded_only_if_all_parts_of_the_answer_are():
    assert hint_of([1.2663, 5.5663], [1, 5]) == "It is cut off after 0 decimals, not rounded."
    assert hint_of({"a": 1.2663, "b": W}, {"a": 1, "b": W + 1.5}) == ""
    assert hint_of({"a": 1.2663, "b": W}, {"a": 1, "b": W}).startswith("It has 0 decimals")


def test_whole_numbers_that_are_rounded_are_not_called_cut_off():
    assert hint_of(9 * W, (9 * W).round().astype(int)) == "It is rounded to 0 decimals."


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(np.abs(W), "some signs are wrong", id="magnitudes"),
        pytest.param(W + 1.5, "off by the same amount", id="offset"),
        pytest.param(W[::-1], "in reverse order", id="reversed"),
        pytest.param(np.where(W > 0, W, 0), "Where it is wrong, it is 0.", id="zeros"),
    ],
)
def test_what_another_case_contradicts_is_not_said(actual: Any, says: str):
    assert says in hint_of(W, actual, others=((W, actual), (W, W)))
    assert hint_of(W, actual, others=((W, W * SQUARE[0, 0]),)) == ""


def test_a_small_example_contradicts_what_it_does_not_show():
    wrong = np.where(W > 0, W, 0)
    assert hint_of(W, wrong, others=((np.ones((1, 1)), np.zeros((1, 1))),)) == "Where it is wrong, it is 0."
    assert hint_of(W, wrong, others=((np.zeros((1, 1)), np.ones((1, 1))),)) == ""
    assert "some signs" in hint_of(W, np.abs(W), others=((np.full((1, 1), -2), np.full((1, 1), 2)),))
    assert hint_of(W, np.abs(W), others=((np.full((1, 1), 3), np.full((1, 1), 2)),)) == ""
