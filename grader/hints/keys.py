"""Hints about keys and lengths: missing or surplus entries of a dictionary or list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from grader.hints.evidence import Evidence, Numbers, numbered, same

MOST = 8
"""Keys that are listed."""

LONGEST = 20
"""Characters of a key that is listed."""


def numbers_of_keys(evidence: Evidence) -> str:
    """Detect keys whose numbers are all one too high or too low."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return ""
    given = numbered(actual)
    for letters, keys in numbered(expected).items():
        for step, word in ((1, "high"), (-1, "low")):
            if len(keys) > 1 and set(given.get(letters, {})) == {n + step for n in keys}:
                here = ", ".join(f"{letters}{n}" for n in sorted(given[letters]))
                there = ", ".join(f"{letters}{n}" for n in sorted(keys))
                return (
                    f"The numbers of {letters} are one too {word}: it has {here}, and {there} are expected."
                )
    return ""


def keys_of_a_pattern(evidence: Evidence) -> str:
    """Describe what the missing or surplus keys of a dictionary have in common, or list them."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return ""
    if not actual:
        return "The dictionary is empty."
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if extra and not missing and {_small(key) for key in extra} <= {_small(key) for key in expected}:
        return f"It has {_listed(extra)}, too: capital and small letters differ."
    if not missing:
        return _too_many(numbered(expected), numbered(actual))
    if not extra:
        return _missing(numbered(expected), numbered(actual)) or _all_but(missing, actual)
    if len(extra) > MOST or len(missing) > MOST:
        return ""
    there = f"It has {_listed(extra)} where {_listed(missing)} {_belong(missing)}."
    if {_small(key) for key in missing} == {_small(key) for key in extra}:
        return f"{there} Capital and small letters differ."
    if any(_stands_for_a_number(key, expected) for key in extra):
        return f"{there} The number of the layer is no part of the quoted text: add str(...)."
    return there


def entries_missing(evidence: Evidence) -> str:
    """Detect which entry of a list is missing or surplus."""
    expected, actual = evidence.spot.expected, evidence.spot.actual
    if not isinstance(expected, list | tuple) or not isinstance(actual, list | tuple):
        return ""
    if len(actual) == 0:
        return "It is empty."
    n = len(actual)
    step = -(-n // len(expected)) if expected else 0
    if n > len(expected) and step > 1 and same(list(actual[::step]), list(expected)):
        more = f"one of {step} is expected" if len(expected) > 1 else "only the first is expected"
        return f"It has {n} entries, of which {more}: the others are too many."
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


def _all_but(missing: list[Any], actual: Mapping[Any, Any]) -> str:
    """List the keys that are there and those that are not."""
    if len(actual) > MOST or len(missing) > MOST:
        return ""
    return (
        f"It has only {_listed(actual)}; {_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    )


def _stands_for_a_number(key: Any, expected: Mapping[Any, Any]) -> bool:
    """Return whether a key has a letter where the expected keys have a number, as in 'dWL'."""
    letters = key[:-1] if isinstance(key, str) else ""
    return letters in numbered(expected) and key[-1:].isalpha()


def _listed(keys: Iterable[Any]) -> str:
    return ", ".join(sorted((str(key)[:LONGEST] for key in keys), key=str))


def _belong(keys: list[Any]) -> str:
    return "belongs" if len(keys) == 1 else "belong"


def _small(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key


def _count(n: int, one: str, many: str) -> str:
    return one if n == 1 else f"{n} {many}"
