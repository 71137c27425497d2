"""Tests of hints on ratios: a factor is missing, or there once too often."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    GRADIENTS,
    NOTHING,
    PARAMETERS,
    RATE,
    STEPPED,
    UPDATE,
    M,
    W,
    hint_of,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.comparison.compare import compare
from grader.hints import hint
from grader.models.assignment import Case
from grader.models.execution import Call, Run, Status


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(W, -W, "the expected value with the opposite sign", id="minus"),
        pytest.param(W, M * W, "5 times the expected value, and there are m = 5 examples", id="no 1/m"),
        pytest.param(W, W / M, "1/5 of the expected value, and there are m = 5", id="1/m twice"),
        pytest.param(W, -M * W, "with the opposite sign, and there are m = 5", id="no 1/m and no minus"),
        pytest.param(W, W * M**2, "m² times", id="m for 1/m"),
        pytest.param(W, W / np.log(2), "is the logarithm to base 2?", id="bits"),
        pytest.param(W, W * 0.75, "Every element is 3/4 times the expected value.", id="simple ratio"),
        pytest.param(
            W,
            W * 100,
            "Every element is 100 times the expected value: is a factor of 0.01 missing?",
            id="power of ten",
        ),
        pytest.param(W, W * 1.2345, "the same multiple of the expected value.", id="other ratio untold"),
        pytest.param(1.37, 1.37 * M, "It is 5 times the expected value", id="ratio of a number"),
    ],
)
def test_a_hint_says_how_an_array_differs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, np.ones((2, M)))


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        pytest.param(-RATE, "The step from the input has the opposite sign.", id="uphill"),
        pytest.param(1, "The step from the input lacks a factor that is one of the inputs.", id="no rate"),
        pytest.param(RATE**2, "has a factor twice that is one of the inputs", id="rate twice"),
        pytest.param(2 * RATE, "The step from the input is 2 times the expected one.", id="twice as far"),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_step(rate: float, says: str):
    actual = {key: value - rate * GRADIENTS[f"d{key}"] for key, value in PARAMETERS.items()}
    assert says in hint_of(STEPPED, actual, *UPDATE)


def test_a_convention_of_another_edition_is_judged_by_the_wrong_part_alone():
    case = Case("a", False, Call("f", (np.ones((2, M)),)), {"dA0": W})
    outcome = compare({"dA1": W}, {"dA1": M * W}, ("grads",))
    told = hint(outcome, Run(Status.RETURNED, {"dA1": M * W}), case, NOTHING)
    assert (
        told
        == "Every element is 5 times the expected value, and there are m = 5 examples: is the 1/m missing?"
    )


@settings(max_examples=60)
@given(st.floats(1.001, 1e4))
def test_a_ratio_that_is_not_simple_is_not_told(ratio: float):
    told = hint_of(W, W * ratio)
    assume(told)
    digits = [word for word in told.split() if word[0].isdigit()]
    assert all(len(word) <= 6 for word in digits)
