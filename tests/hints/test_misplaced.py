"""Tests of hints on places: parts of an answer that stand where others belong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hint_inputs import (
    CACHES,
    GRADIENTS,
    PARAMETERS,
    STEPPED,
    UPDATE,
    A,
    W,
    Z,
    b,
    changed,
    hint_of,
)


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(
            (W, b),
            (b, W),
            "The first result and the second result are in each other's place.",
            id="two results",
        ),
        pytest.param(
            (W, (A, b)), (W, (b, A)), "cache[0] and cache[1] are in each other's place.", id="in a cache"
        ),
        pytest.param(
            (W, (A, b)), (W, (b, W)), "What stands as cache[0] belongs in cache[1].", id="one moved"
        ),
        pytest.param(
            (W, (A, b)),
            (W, (b, b)),
            "What stands as cache[0] stands in cache[1] too, where it belongs.",
            id="one copied",
        ),
        pytest.param(
            (W, (A, b)),
            (A, (A, b)),
            "stands in entry [0] of the second result too, where it belongs",
            id="a copy of another result",
        ),
        pytest.param(
            (W, (A, b)), (A, (Z, b)), "belongs in entry [0] of the second result", id="another result"
        ),
        pytest.param(
            (W, (A, b)), ((W, b), (A, b)), "the first of the 2 values that stand there", id="wrapped"
        ),
        pytest.param(
            (PARAMETERS, [A]),
            PARAMETERS,
            "What stands there is the first of the 2 values that belong there.",
            id="the first result alone",
        ),
    ],
)
def test_a_hint_says_where_a_part_belongs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, names=("Z", "cache"))


def test_a_list_in_reverse_order_is_told_as_such():
    longer = [*CACHES, (Z, b)]
    told = hint_of(longer, longer[::-1])
    assert told == "The entries of it are right, but in reverse order."


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(CACHES[::-1], "it[0] and it[2] are in each other's place.", id="the ends swapped"),
        pytest.param(CACHES[1:] + CACHES[:1], "in another order", id="rotated"),
        pytest.param([CACHES[2]] * 3, "Every entry of it is the last one.", id="the last repeated"),
        pytest.param([*CACHES[1:], CACHES[2]], "what belongs one place later", id="shifted"),
        pytest.param([CACHES[0], *CACHES[:2]], "what belongs one place earlier", id="shifted back"),
    ],
)
def test_a_hint_says_what_happened_to_a_list(actual: Any, says: str):
    assert says in hint_of(CACHES, actual)


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(
            changed(STEPPED, W1=STEPPED["W2"], W2=STEPPED["W3"]),
            "W of each layer belongs to the layer after",
            id="up",
        ),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_dictionary(actual: Any, says: str):
    assert says in hint_of(STEPPED, actual, A)


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        pytest.param(0, "it['W1'] is still what it was in the input.", id="no step"),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_step(rate: float, says: str):
    actual = {key: value - rate * GRADIENTS[f"d{key}"] for key, value in PARAMETERS.items()}
    assert says in hint_of(STEPPED, actual, *UPDATE)


def test_equal_zeros_are_no_evidence_of_a_mistaken_place():
    zeros = {"W1": np.cos(W), "b1": np.zeros((3, 1)), "b2": np.zeros((3, 1))}
    assert "belongs" not in hint_of(zeros, changed(zeros, W1=np.zeros((3, 1))))


def test_a_layer_that_stands_in_two_places_is_not_said_to_belong_where_it_is_already():
    layers = {"dA0": W, "dA1": b}
    told = hint_of(layers, {"dA0": b, "dA1": b})
    assert told == "What stands as it['dA0'] stands in it['dA1'] too, where it belongs."
    assert hint_of(layers, {"dA0": b, "dA1": Z}) == "What stands as it['dA0'] belongs in it['dA1']."
