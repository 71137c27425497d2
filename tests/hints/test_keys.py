"""Tests of hints on keys and lengths: what is missing from a dictionary or list, or too much."""

from __future__ import annotations

from typing import Any

import pytest
from hint_inputs import (
    CACHES,
    STEPPED,
    A,
    W,
    b,
    changed,
    hint_of,
)


def moved(mapping: dict[str, Any], letters: str, step: int) -> dict[str, Any]:
    """The entries under some letters, each under a number that is higher by `step`."""
    return {
        f"{letters}{int(key[len(letters) :]) + step}" if key.startswith(letters) else key: value
        for key, value in mapping.items()
    }


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(CACHES[:2], "The last entry is missing; the others are right.", id="last missing"),
        pytest.param(CACHES[1:], "The first entry is missing; the others are right.", id="first missing"),
        pytest.param([*CACHES, CACHES[0]], "The last entry is one too many", id="one too many"),
        pytest.param(CACHES[2:], "Only the last entry of 3 came back.", id="only the last"),
        pytest.param([], "It is empty.", id="empty"),
    ],
)
def test_a_hint_says_what_happened_to_a_list(actual: Any, says: str):
    assert says in hint_of(CACHES, actual)


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(
            moved(STEPPED, "W", 1),
            "The numbers of W are one too high: it has W2, W3, W4, and W1, W2, W3 are",
            id="numbers too high",
        ),
        pytest.param(
            moved(STEPPED, "b", -1),
            "The numbers of b are one too low: it has b0, b1, b2, and b1, b2, b3 are",
            id="numbers too low",
        ),
        pytest.param({}, "The dictionary is empty.", id="empty"),
        pytest.param(
            {k.lower(): v for k, v in STEPPED.items()}, "w3 where W1, W2, W3 belong. Capital", id="letters"
        ),
        pytest.param({k: v for k, v in STEPPED.items() if k[0] == "W"}, "There is no b at all.", id="no b"),
        pytest.param(
            {k: v for k, v in STEPPED.items() if k[1] != "3"}, "nothing of layer 3", id="no layer 3"
        ),
        pytest.param(
            {k: v for k, v in STEPPED.items() if k != "b2"},
            "It has only W1, W2, W3, b1, b3; b2 is missing.",
            id="one key",
        ),
        pytest.param(
            changed(STEPPED, W4=W), "a layer after the last one, which is layer 3", id="one layer more"
        ),
        pytest.param(changed(STEPPED, b0=b), "a layer 0, and layers are counted from 1", id="layer 0"),
        pytest.param(
            changed(STEPPED, w1=W, w2=W),
            "It has w1, w2, too: capital and small letters differ.",
            id="some twice",
        ),
        pytest.param(changed(STEPPED, cost=1), "All that is asked for is there, and more.", id="another key"),
        pytest.param({1: W}, "It has 1 where W1, W2, W3, b1, b2, b3 belong.", id="none of them"),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_dictionary(actual: Any, says: str):
    assert says in hint_of(STEPPED, actual, A)


def test_a_missing_key_without_a_number_is_no_missing_layer():
    assert hint_of({**STEPPED, "cost": W}, STEPPED) == "It has only W1, W2, W3, b1, b2, b3; cost is missing."
