"""The graded items that a function needs are found in its code, the deepest first."""

from __future__ import annotations

from typing import Any

import pytest

from grader.public_tests.called import needed

GRADED = ("forward", "linear", "relu", "Model", "rate")
NOTEBOOK = """
from numpy import exp
rate = 0.5
def linear(x): return 2 * x
def relu(x): return linear(x)
def own(x): return [relu(y) for y in x]
def forward(x): return own(x)
def recursive(x): return recursive(linear(x))
def inside(x):
    def inner(y): return linear(y)
    return inner(x)
def reads(x): return rate * x
def absent(x): return missing(exp(x))
class Model:
    rate = 1
    def fit(self, x): return forward(x)
    @staticmethod
    def of(x): return Model().fit(x)
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("linear", [], id="nothing"),
        pytest.param("relu", ["linear"], id="called"),
        pytest.param("forward", ["linear", "relu"], id="by way of another"),
        pytest.param("recursive", ["linear"], id="not itself"),
        pytest.param("inside", ["linear"], id="in a function inside it"),
        pytest.param("reads", ["rate"], id="a variable"),
        pytest.param("absent", [], id="neither what is missing nor imported"),
        pytest.param("Model", ["linear", "relu", "forward"], id="by a method"),
    ],
)
def test_what_a_function_needs_is_found(name: str, expected: list[str]) -> None:
    names: dict[str, Any] = {}
    exec(NOTEBOOK, names)
    assert needed(names[name], GRADED) == expected


@pytest.mark.parametrize("value", [None, 3, print, [1]])
def test_what_is_no_function_of_the_notebook_needs_nothing(value: Any) -> None:
    assert needed(value, GRADED) == []
