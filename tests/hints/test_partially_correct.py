"""Tests of hints on the rest: what wrong parts have in common when other parts are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    SQUARE,
    STEPPED,
    A,
    W,
    b,
    changed,
    hint_of,
)


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(
            {k: v if k[0] == "W" else v * SQUARE[0, 0] + 1 for k, v in STEPPED.items()},
            "Every b is wrong; every W is right.",
            id="one kind",
        ),
        pytest.param(
            {k: v if k[1] == "3" else np.cos(v) for k, v in STEPPED.items()},
            "What belongs to the last layer is right, what belongs to a layer before is wrong.",
            id="all but the last layer",
        ),
        pytest.param(
            {k: v if k[1] != "3" else np.cos(v) for k, v in STEPPED.items()},
            "What belongs to the first 2 layers is right, what belongs to a layer after is wrong.",
            id="only the last layer",
        ),
        pytest.param(
            changed(STEPPED, b2=np.cos(b.sum() + STEPPED["b2"])),
            "Everything in it but it['b2'] is right.",
            id="one entry",
        ),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_dictionary(actual: Any, says: str):
    assert says in hint_of(STEPPED, actual, A)


def test_the_other_results_are_mentioned_when_they_are_right():
    assert hint_of((W, b, A), (np.cos(W), b, A), names=("dA", "db", "dW")) == "The other results are right."


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(
            {"odometer": W, "places": b},
            {"odometer": np.cos(W), "places": b},
            "Everything in the result but its entry ['odometer'] is right.",
            id="a dictionary",
        ),
        pytest.param(((A, W), b), ((A, np.cos(W)), b), "The result[1] is right.", id="a part of one of two"),
    ],
)
def test_a_result_without_a_name_is_told_once_and_each_part_by_its_index(
    expected: Any, actual: Any, says: str
):
    assert hint_of(expected, actual, names=("the result",)) == says


def test_the_other_of_two_results_is_named():
    assert hint_of((W, b), (np.cos(W), b), names=("dA", "db")) == "The second result is right."
