"""Tests of hints on activations: another one was used, on the way forward or back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    DA,
    A,
    M,
    Z,
    hint_of,
    relu,
    sigmoid,
)


def bias_gradient(slope: Any) -> Any:
    return np.mean(DA * slope, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(sigmoid(Z), relu(Z), "It is made with ReLU, where sigmoid is expected.", id="relu"),
        pytest.param(relu(Z), sigmoid(Z), "It is made with sigmoid, where ReLU is expected.", id="sigmoid"),
        pytest.param(relu(Z), Z, "It is made with no activation, where ReLU is expected.", id="none"),
    ],
)
def test_a_hint_names_the_activation_that_was_used(expected: Any, actual: Any, says: str):
    assert hint_of((expected, Z), (actual, Z), A, names=("A", "cache")) == says


def test_two_activations_that_agree_on_an_input_are_not_told_apart():
    positive = np.abs(Z)
    assert "activation" not in hint_of(sigmoid(positive), positive, positive)


def test_a_hint_names_the_activation_of_the_way_back():
    slope = sigmoid(Z) * (1 - sigmoid(Z))
    expected, actual = bias_gradient(Z > 0), bias_gradient(slope)
    assert hint_of(expected, actual, DA, Z) == "It comes back through sigmoid, where ReLU is expected."


def test_the_slope_of_relu_at_zero_is_told():
    edge = np.where(np.arange(M) == 2, 0, Z)
    expected, actual = (np.mean(DA * mask, axis=1, keepdims=True) for mask in (edge > 0, edge >= 0))
    assert "a ReLU with the slope 1 at Z = 0" in hint_of(expected, actual, DA, edge)
