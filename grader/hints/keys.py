"""Hints about keys and lengths: missing or surplus entries of a dictionary or list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.hints.evidence import Evidence, Numbers, numbered, same


def numbers_of_keys(evidence: Evidence) -> str:
    """Detect keys whose numbers are all one too high or too low."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return ""
    given = numbered(actual)
    for letters, keys in numbered(expected).items():
        for step, word in ((1, "high"), (-1, "low")):
            if len(keys) > 1 and set(given.get(letters, {})) == {n + step for n in keys}:
                return f"The numbers of {letters} are one too {word}."
    return ""


def keys_of_a_pattern(evidence: Evidence) -> str:
    """Describe what the missing or surplus keys of a dictionary have in common."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return ""
    if not actual:
        return "The dictionary is empty."
    missing = [key for key in expected if key not in actual]
    extra = {_small(key) for key in actual if key not in expected}
    if extra and ({_small(key) for key in missing} or extra) <= extra & {_small(key) for key in expected}:
        return "Keys are spelled in other capital or small letters than they should be."
    if not missing:
        return _too_many(numbered(expected), numbered(actual))
    return _missing(numbered(expected), numbered(actual)) or _all_but(missing, expected)


def entries_missing(evidence: Evidence) -> str:
    """Detect which entry of a list is missing or surplus."""
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


DETECTORS: tuple[Callable[[Evidence], str], ...] = (keys_of_a_pattern, entries_missing)


def _too_many(expected: Numbers, actual: Numbers) -> str:
    surplus = {n for letters in expected for n in actual.get(letters, {}) if n not in expected[letters]}
    usual = {n for keys in expected.values() for n in keys}
    if usual and surplus == {max(usual) + 1}:
        return f"It has an entry for a layer after the last one, which is layer {max(usual)}."
    if usual and surplus == {min(usual) - 1}:
        return f"It has an entry for a layer {min(usual) - 1}, and layers are counted from {min(usual)}."
    return "All that is asked for is there, and more."


def _missing(expected: Numbers, actual: Numbers) -> str:
    absent = [letters for letters in expected if letters not in actual]
    if absent:
        return f"There is no {' and no '.join(absent)} at all."
    gone = {frozenset(keys) - set(actual[letters]) for letters, keys in expected.items()}
    layers = sorted(*gone) if len(gone) == 1 else []
    if layers and len(expected) > 1:
        return f"There is nothing of layer{'s' * (len(layers) > 1)} {' and '.join(map(str, layers))}."
    return ""


def _all_but(missing: list[Any], expected: Mapping[Any, Any]) -> str:
    there = len(expected) - len(missing)
    if there:
        return f"The other {_count(there, 'key is', 'keys are')} there."
    return "None of the keys asked for is there."


def _small(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key


def _count(n: int, one: str, many: str) -> str:
    return one if n == 1 else f"{n} {many}"
