"""The call of a smallest example can be pasted and run, and gives what the example tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.models.report import Report
from grader.models.value_text import compact

FORWARD = "def linear_forward(A, W, b):\n    Z = W @ A - b\n    return Z, (A, W, b)\n"
COST = "def compute_cost(AL, Y):\n    return float(np.sum(Y - AL))\n"
RAISES = "def compute_cost(AL, Y):\n    raise ValueError('no')\n"
INITIALIZE = (
    "def initialize_parameters(n_x, n_h, n_y):\n    np.random.seed(1)\n"
    "    return {'W1': np.random.randn(n_h, n_x), 'b1': np.zeros((n_h, 1)),\n"
    "            'W2': np.random.randn(n_y, n_h), 'b2': np.zeros((n_y, 1))}\n"
)


@pytest.mark.parametrize(
    ("name", "source", "wrong"),
    [
        pytest.param("linear_forward", FORWARD, lambda result: result[0], id="arrays"),
        pytest.param("compute_cost", COST, lambda result: result, id="a number"),
        pytest.param("initialize_parameters", INITIALIZE, lambda result: result["W1"], id="numbers"),
    ],
)
def test_a_pasted_call_gives_what_the_example_tells(
    graded: Callable[..., Report], name: str, source: str, wrong: Callable[[Any], Any]
) -> None:
    call, yours, expected = example_of(graded, name, source).split("\n")
    notebook: dict[str, Any] = {"np": np}
    exec(source, notebook)
    found = compact(wrong(eval(call, notebook)))
    assert yours.endswith(f"yours: {found}")
    assert not expected.endswith(f"expected: {found}")


def test_what_raises_tells_what_is_expected_instead(graded: Callable[..., Report]) -> None:
    _, yours, expected = example_of(graded, "compute_cost", RAISES).split("\n")
    assert yours == "yours: raises ValueError: no"
    assert float(expected.removeprefix("expected: ")) > 0


def test_a_forgotten_return_is_told_so(graded: Callable[..., Report]) -> None:
    forgotten = "def compute_cost(AL, Y):\n    cost = 0.5\n"
    _, yours, expected = example_of(graded, "compute_cost", forgotten).split("\n")
    assert yours == "yours: returns nothing (None)"
    assert float(expected.removeprefix("expected: ")) > 0


def example_of(graded: Callable[..., Report], name: str, source: str) -> str:
    report = graded("import numpy as np", source)
    return next(score.example for score in report.exercises if score.name == name)
