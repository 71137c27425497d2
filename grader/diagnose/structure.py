"""Facts of structures: keys, lengths, and parts that stand in the place of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.diagnose.evidence import Evidence, Spot, distinctive, entries, ordinal, same, spots

NUMBERED = re.compile(r"(\D+)(\d+)")
"""A key that ends with the number of a layer."""

Numbers = dict[str, dict[int, str]]
"""For the letters that keys begin with: the numbers that follow, and the whole keys."""


# ---------------------------------------------------------------- places


def in_another_order(evidence: Evidence) -> str:
    """The entries of a list or tuple are right, each in the place of another."""
    for spot in evidence.way:
        order = _order(spot)
        if order is None:
            continue
        moved = [i for i, j in enumerate(order) if i != j]
        if len(moved) == 2:
            first, second = (_entry(evidence, spot, i) for i in moved)
            return f"{_capital(first)} and {second} are in each other's place."
        if order == sorted(order, reverse=True):
            return f"The entries of {evidence.called(spot.keys)} are right, but in reverse order."
        return "The parts are right, but in another order."
    return ""


def off_by_one_place(evidence: Evidence) -> str:
    """Every entry of a list is its neighbour's, or every entry is the last one."""
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
    """Every numbered entry of a kind is its neighbour's."""
    whole = evidence.spot if isinstance(evidence.spot.expected, Mapping) else evidence.way[-2:][0]
    if not isinstance(whole.expected, Mapping) or not isinstance(whole.actual, Mapping):
        return ""
    for letters, keys in _numbered(whole.expected).items():
        for step, word in ((1, "after"), (-1, "before")):
            pairs = [(key, keys[n + step]) for n, key in keys.items() if n + step in keys]
            moved = pairs and all(same(whole.actual.get(key), whole.expected[other]) for key, other in pairs)
            if moved and any(distinctive(whole.expected[other]) for _, other in pairs):
                return f"What stands as {letters} of each layer belongs to the layer {word} it."
    return ""


def belongs_elsewhere(evidence: Evidence) -> str:
    """What stands in one place is what belongs in another."""
    everything = list(spots(evidence.whole.expected, evidence.whole.expected))
    for spot in evidence.way:
        if not distinctive(spot.actual) or spot.right:
            continue
        places = [s.keys for s in everything if same(spot.actual, s.expected)]
        beside = [keys for keys in places if keys[:-1] == spot.keys[:-1]]
        for found in (beside, places):
            if len(found) == 1:
                return f"What stands there as {evidence.called(spot.keys)} belongs in {evidence.called(found[0])}."
    return ""


def wrapped(evidence: Evidence) -> str:
    """The expected thing is one of several that stand in its place."""
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
    """What stands there is an input as it came."""
    spot = evidence.spot
    if not distinctive(spot.actual):
        return ""
    found = [given for given in evidence.inputs() if same(given.expected, spot.actual)]
    if any(len(given.keys) > 1 and given.keys[-1:] == spot.keys[-1:] for given in found):
        return f"{evidence.path} is still what it was in the input."
    return f"{_capital(evidence.path)} is one of the inputs, unchanged." if found else ""


# ---------------------------------------------------------------- keys and lengths


def keys_of_a_pattern(evidence: Evidence) -> str:
    """What the missing keys, or those too many, have in common."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return ""
    if not actual:
        return "The dictionary is empty."
    if set(expected) <= set(actual):
        return _too_many(_numbered(expected), _numbered(actual))
    missing = [key for key in expected if key not in actual]
    if {_small(key) for key in missing} <= {_small(key) for key in actual}:
        return "Keys are missing that are there in other letters: capital and small ones differ."
    return _missing(_numbered(expected), _numbered(actual)) or _all_but(missing, expected)


def entries_missing(evidence: Evidence) -> str:
    """Which entry a list has too few or too many."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, list | tuple) or not isinstance(actual, list | tuple):
        return ""
    if len(actual) == 0:
        return "It is empty."
    n = len(actual)
    for short, long, what in ((actual, expected, "missing"), (expected, actual, "one too many")):
        if len(short) == len(long) - 1:
            for rest, which in ((long[:-1], "last"), (long[1:], "first")):
                if same(list(short), list(rest)) and short:
                    return f"The {which} entry is {what}; the others are right."
    if n < len(expected) and same(list(actual), list(expected[-n:])):
        return f"Only the last {_count(n, 'entry', 'entries')} of {len(expected)} came back."
    return ""


def _too_many(expected: Numbers, actual: Numbers) -> str:
    surplus = {n for letters in expected for n in actual.get(letters, {}) if n not in expected[letters]}
    usual = {n for keys in expected.values() for n in keys}
    if usual and surplus == {max(usual) + 1}:
        return f"It has an entry for a layer after the last one, which is layer {max(usual)}."
    if usual and surplus == {min(usual) - 1}:
        return f"It has an entry for a layer {min(usual) - 1}, and layers are counted from {min(usual)}."
    return "All that is asked for is there, and more."


def _missing(expected: Numbers, actual: Numbers) -> str:
    for letters, keys in expected.items():
        numbers = set(actual.get(letters, {}))
        if not numbers:
            return f"There is no {letters} at all."
        for step, word in ((1, "high"), (-1, "low")):
            if len(keys) > 1 and numbers == {n + step for n in keys}:
                return f"The numbers of {letters} are one too {word}."
    gone = {frozenset(keys) - set(actual[letters]) for letters, keys in expected.items()}
    if len(gone) == 1 and len(expected) > 1:
        layers = sorted(*gone)
        return f"There is nothing of layer {', '.join(map(str, layers))}."
    return ""


def _all_but(missing: list[Any], expected: Mapping[Any, Any]) -> str:
    if len(missing) < len(expected):
        return f"The other {_count(len(expected) - len(missing), 'key', 'keys')} asked for {_are(expected, missing)} there."
    return "None of the keys asked for is there."


# ---------------------------------------------------------------- what else is right


def rest_is_right(evidence: Evidence) -> str:
    """What the wrong parts have in common, when other parts are right."""
    for spot in evidence.way:
        parts = {key: Spot((*spot.keys, key), spot.expected[key], spot.actual[key]) for key in _shared(spot)}
        right = {key: part.right for key, part in parts.items()}
        if any(right.values()) and not all(right.values()):
            if isinstance(spot.expected, Mapping):
                return _of_layers(_numbered(spot.expected), right) or _only(evidence, spot, right)
            return _only(evidence, spot, right)
    return ""


def _of_layers(keys: Numbers, right: dict[Any, bool]) -> str:
    """Which layers, or which kinds of entries, are right."""
    if sum(len(numbers) for numbers in keys.values()) < len(right):
        return ""
    kinds = {letters: {right[key] for key in numbers.values()} for letters, numbers in keys.items()}
    if all(len(found) == 1 for found in kinds.values()):
        good, bad = ([k for k, found in kinds.items() if found == {value}] for value in (True, False))
        return f"Every {' and every '.join(bad)} is wrong; every {' and every '.join(good)} is right."
    patterns = {tuple(right[numbers[n]] for n in sorted(numbers)) for numbers in keys.values()}
    return _of_pattern(*patterns) if len(patterns) == 1 else ""


def _of_pattern(pattern: tuple[bool, ...]) -> str:
    good, layers = sum(pattern), len(pattern)
    if pattern == (False,) * (layers - good) + (True,) * good:
        last = "the last layer" if good == 1 else f"the last {good} layers"
        return f"What belongs to {last} is right, what belongs to a layer before is wrong."
    if pattern == (True,) * good + (False,) * (layers - good):
        first = "the first layer" if good == 1 else f"the first {good} layers"
        return f"What belongs to {first} is right, what belongs to a layer after is wrong."
    return ""


def _only(evidence: Evidence, spot: Spot, right: dict[Any, bool]) -> str:
    wrong = [key for key, is_right in right.items() if not is_right]
    if len(wrong) != 1 or wrong[0] not in {s.keys[-1] for s in evidence.way if s.keys}:
        return ""
    rest = "result is" if len(right) == 2 else "results are"
    if spot is evidence.whole and isinstance(spot.expected, tuple):
        return f"The other {rest} right."
    return f"In {evidence.called(spot.keys)} only {evidence.called((*spot.keys, *wrong))} is wrong."


# ---------------------------------------------------------------- small things


def _order(spot: Spot) -> list[int] | None:
    """Where each entry belongs, if each belongs in one place and not all are there already."""
    if not isinstance(spot.expected, list | tuple) or not _alike(spot):
        return None
    order = []
    for entry in spot.actual:
        places = [j for j, expected in enumerate(spot.expected) if same(entry, expected)]
        if len(places) != 1:
            return None
        order += places
    moved = [i for i, j in enumerate(order) if i != j]
    certain = moved and all(distinctive(spot.actual[i]) for i in moved)
    return order if certain and len(set(order)) == len(order) else None


def _alike(spot: Spot) -> bool:
    return isinstance(spot.actual, list | tuple) and len(spot.actual) == len(spot.expected)


def _shared(spot: Spot) -> Iterator[Any]:
    return (key for key in entries(spot.expected) if key in entries(spot.actual))


def _entry(evidence: Evidence, spot: Spot, index: int) -> str:
    if spot is evidence.whole:
        return f"the {ordinal(index)} result"
    return evidence.called((*spot.keys, index))


def _numbered(mapping: Mapping[Any, Any]) -> Numbers:
    found: Numbers = {}
    for key in mapping:
        if isinstance(key, str) and len(key) < 20 and (match := NUMBERED.fullmatch(key)):
            found.setdefault(match[1], {})[int(match[2])] = key
    return found


def _small(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key


def _count(n: int, one: str, many: str) -> str:
    return one if n == 1 else f"{n} {many}"


def _are(expected: Mapping[Any, Any], missing: list[Any]) -> str:
    return "is" if len(expected) - len(missing) == 1 else "are"


def _capital(text: str) -> str:
    return f"The{text[3:]}" if text.startswith("the ") else text


OF_PLACES: tuple[Callable[[Evidence], str], ...] = (
    in_another_order,
    off_by_one_place,
    off_by_one_layer,
    belongs_elsewhere,
    wrapped,
    unchanged,
)
OF_STRUCTURES: tuple[Callable[[Evidence], str], ...] = (keys_of_a_pattern, entries_missing)
