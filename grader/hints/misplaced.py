"""Hints about positions: parts of an answer that are in the place of other parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from grader.hints.evidence import Evidence, Keys, Spot, distinctive, numbered, ordinal, same, spots


def in_another_order(evidence: Evidence) -> str:
    """Detect right entries of a list or tuple in another order."""
    for spot in evidence.way:
        permutation = _permutation(spot)
        if permutation is None:
            continue
        moved = [i for i, j in enumerate(permutation) if i != j]
        if len(moved) == 2:
            first, second = (_entry(evidence, spot, i) for i in moved)
            return f"{first} and {second} are in each other's place."
        if permutation == sorted(permutation, reverse=True):
            return f"The entries of {evidence.called(spot.keys)} are right, but in reverse order."
        return "The parts are right, but in another order."
    return ""


def off_by_one_place(evidence: Evidence) -> str:
    """Detect a list whose entries are shifted by one, or are all the last one."""
    for spot in evidence.way:
        if not isinstance(spot.expected, list) or len(spot.expected) < 3 or not _alike(spot):
            continue
        name, expected, actual = evidence.called(spot.keys), spot.expected, list(spot.actual)
        if all(same(entry, expected[-1]) for entry in actual):
            return f"Every entry of {name} is the last one."
        if same(actual[:-1], expected[1:]):
            return f"Every entry of {name} is what belongs one place later."
        if same(actual[1:], expected[:-1]):
            return f"Every entry of {name} is what belongs one place earlier."
    return ""


def off_by_one_layer(evidence: Evidence) -> str:
    """Detect numbered entries that are shifted by one layer."""
    whole = evidence.spot if isinstance(evidence.spot.expected, Mapping) else evidence.way[-2:][0]
    if not isinstance(whole.expected, Mapping) or not isinstance(whole.actual, Mapping):
        return ""
    for letters, keys in numbered(whole.expected).items():
        for step, word in ((1, "after"), (-1, "before")):
            pairs = [(key, keys[n + step]) for n, key in keys.items() if n + step in keys]
            moved = pairs and all(same(whole.actual.get(key), whole.expected[other]) for key, other in pairs)
            if not moved or not any(distinctive(whole.expected[other]) for _, other in pairs):
                continue
            if len(pairs) > 1:
                return f"What stands as {letters} of each layer belongs to the layer {word} it."
            here, there = ((*whole.keys, key) for key in pairs[0])
            return _moved(evidence, here, there)
    return ""


def belongs_elsewhere(evidence: Evidence) -> str:
    """Detect a part whose value belongs in another place."""
    everything = list(spots(evidence.whole.expected, evidence.whole.expected))
    for spot in evidence.way:
        if not distinctive(spot.actual) or spot.right:
            continue
        places = [s.keys for s in everything if same(spot.actual, s.expected)]
        beside = [keys for keys in places if keys[:-1] == spot.keys[:-1]]
        for found in (beside, places):
            if len(found) == 1:
                if isinstance(spot.expected, tuple | list) and found[0][:-1] == spot.keys != found[0]:
                    place = f"the {ordinal(found[0][-1])} of the {len(spot.expected)} values"
                    return f"What stands there is {place} that belong there."
                return _moved(evidence, spot.keys, found[0])
    return ""


def _moved(evidence: Evidence, here: Keys, there: Keys) -> str:
    """Say where a part belongs, unless that place has it already: then it is there twice."""
    parts = spots(evidence.whole.expected, evidence.whole.actual)
    twice = any(spot.right for spot in parts if spot.keys == there)
    name, place = evidence.called(here), evidence.called(there)
    if twice:
        return f"What stands as {name} stands in {place} too, where it belongs."
    return f"What stands as {name} belongs in {place}."


def wrapped(evidence: Evidence) -> str:
    """Detect an expected value that is one of several returned in its place."""
    spot = evidence.spot
    if not isinstance(spot.actual, tuple | list) or not distinctive(spot.expected):
        return ""
    for i, entry in enumerate(spot.actual):
        if same(entry, spot.expected):
            return (
                f"What belongs there is the {ordinal(i)} of the {len(spot.actual)} values that stand there."
            )
    return ""


def unchanged(evidence: Evidence) -> str:
    """Detect a part that is an unchanged input."""
    spot = evidence.spot
    if not distinctive(spot.actual):
        return ""
    found = [given for given in evidence.inputs() if same(given.expected, spot.actual)]
    if any(len(given.keys) > 1 and given.keys[-1:] == spot.keys[-1:] for given in found):
        return f"{evidence.path} is still what it was in the input."
    whole = found and np.size(spot.actual) > 1
    return f"{evidence.path} is one of the inputs, unchanged." if whole else ""


DETECTORS: tuple[Callable[[Evidence], str], ...] = (
    in_another_order,
    off_by_one_place,
    off_by_one_layer,
    belongs_elsewhere,
    wrapped,
    unchanged,
)


def _permutation(spot: Spot) -> list[int] | None:
    """Return the index where each entry belongs; None unless it is a distinctive permutation."""
    if not isinstance(spot.expected, list | tuple) or not _alike(spot):
        return None
    permutation = []
    for entry in spot.actual:
        places = [j for j, expected in enumerate(spot.expected) if same(entry, expected)]
        if len(places) != 1:
            return None
        permutation += places
    moved = [i for i, j in enumerate(permutation) if i != j]
    certain = moved and all(distinctive(spot.actual[i]) for i in moved)
    return permutation if certain and len(set(permutation)) == len(permutation) else None


def _alike(spot: Spot) -> bool:
    return isinstance(spot.actual, list | tuple) and len(spot.actual) == len(spot.expected)


def _entry(evidence: Evidence, spot: Spot, index: int) -> str:
    if spot is evidence.whole and isinstance(spot.expected, tuple):
        return f"the {ordinal(index)} result"
    return evidence.called((*spot.keys, index))
