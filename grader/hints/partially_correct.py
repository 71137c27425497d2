"""Hints about partly right answers: what the wrong parts have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.hints.evidence import Evidence, Numbers, Spot, entries, numbered
from grader.plain.records import Named


def rest_is_right(evidence: Evidence) -> str:
    """Describe what the wrong parts have in common if other parts are right."""
    for spot in evidence.way:
        parts = {key: Spot((*spot.keys, key), spot.expected[key], spot.actual[key]) for key in _shared(spot)}
        right = {key: part.right for key, part in parts.items()}
        if any(right.values()) and not all(right.values()):
            if isinstance(spot.expected, Mapping):
                return _of_layers(numbered(spot.expected), right) or _only(evidence, spot, right)
            return _only(evidence, spot, right)
    return ""


DETECTORS: tuple[Callable[[Evidence], str], ...] = (rest_is_right,)


def _of_layers(keys: Numbers, right: dict[Any, bool]) -> str:
    """Describe which layers, or which kinds of entries, are right."""
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
    if spot is evidence.whole and isinstance(spot.expected, tuple) and not isinstance(spot.expected, Named):
        others = [evidence.called((*spot.keys, key)) for key in right if key != wrong[0]]
        return f"{others[0]} is right." if len(others) == 1 else "The other results are right."
    within = evidence.called(spot.keys)
    part = f"its entry [{wrong[0]!r}]" if within == "the result" else evidence.called((*spot.keys, *wrong))
    return f"Everything in {within} but {part} is right."


def _shared(spot: Spot) -> Iterator[Any]:
    return (key for key in entries(spot.expected) if key in entries(spot.actual))
