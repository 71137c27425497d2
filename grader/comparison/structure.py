"""Traverse an answer and the expected one together, down to the leaves. Bundled for students."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.comparison.kinds import Leaf, count, is_texts, keys, kind, of_type
from grader.comparison.tables import leaves_of_table
from grader.comparison.verdict import Outcome, Verdict
from grader.plain.frames import TABLES
from grader.plain.records import DATACLASS, RANGE, Instance, Named, plain_record


def result_leaves(expected: Any, actual: Any, names: Sequence[str]) -> Iterator[Leaf | Outcome]:
    """Yield the leaves of a result, and an outcome where the structures differ.

    Args:
        expected: the expected answer.
        actual: the answer.
        names: the names of the results; the entries of a tuple are called so if there are as many.

    Returns:
        an iterator of leaves and outcomes.
    """
    if not (isinstance(expected, tuple) and len(expected) == len(names) > 1):
        yield from _leaves(", ".join(names), expected, actual)
        return
    if not isinstance(actual, list | tuple):
        yield of_type(f"The result ({', '.join(names)})", f"{len(names)} values", actual)
    elif len(actual) != len(expected):
        reason = f"{count(len(actual), 'value')} came back, expected {len(expected)}: {', '.join(names)}."
        yield Outcome(Verdict.WRONG_STRUCTURE, reason)
    else:
        for name, e, a in zip(names, expected, actual, strict=True):
            yield from _leaves(name, e, a)


def _leaves(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse `expected` and `actual` together; yield pairs of leaves, and an outcome where they differ."""
    if isinstance(expected, Mapping):
        yield from _leaves_of_dict(path, expected, actual)
    elif isinstance(expected, Named):
        yield from _leaves_of_named(path, expected, actual)
    elif isinstance(expected, list | tuple):
        yield from _leaves_of_sequence(path, expected, actual)
    elif isinstance(expected, Instance):
        yield from _leaves_of_instance(path, expected, actual)
    elif isinstance(expected, TABLES):
        yield from leaves_of_table(path, expected, actual)
    elif isinstance(expected, np.ndarray) and expected.dtype.kind in "OV":
        yield from _leaves_of_array(path, expected, actual)
    else:
        yield Leaf(path, expected, actual)


def _leaves_of_dict(path: str, expected: Mapping[Any, Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if not isinstance(actual, Mapping):
        yield of_type(path, "a dictionary", actual)
        return
    outcome = _other_keys(path, expected, actual, "key")
    if outcome is not None:
        yield outcome
        return
    for key, value in expected.items():
        yield from _leaves(f"{path}[{key!r}]", value, actual[key])


def _other_keys(path: str, expected: Any, actual: Any, noun: str) -> Outcome | None:
    """Return the outcome of keys that are missing, or else of those that are too many."""
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        word = "" if noun == "key" else f"{noun} "
        return Outcome(Verdict.WRONG_STRUCTURE, f"{path} has no {word}{keys(missing, actual)}.", path=path)
    if extra:
        reason = f"{path} has {count(len(extra), noun)} too many."
        return Outcome(Verdict.WRONG_STRUCTURE, reason, f"Not expected: {keys(extra, expected)}.", path)
    return None


def _leaves_of_sequence(path: str, expected: Sequence[Any], actual: Any) -> Iterator[Leaf | Outcome]:
    if isinstance(actual, deque):
        actual = list(actual)
    if not isinstance(actual, list | tuple):
        yield of_type(path, f"a {type(expected).__name__} of {len(expected)}", actual)
    elif len(actual) != len(expected):
        yield _other_length(path, expected, actual)
    else:
        for i, (e, a) in enumerate(zip(expected, actual, strict=True)):
            yield from _leaves(f"{path}[{i}]", e, a)


def _other_length(path: str, expected: Sequence[Any], actual: Sequence[Any]) -> Outcome:
    reason = f"{path} has {count(len(actual), 'entry')}, expected {len(expected)}."
    return Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)


def _leaves_of_named(path: str, expected: Named, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse a named tuple; a tuple or list may stand for it, and its name is free."""
    fields = expected._fields
    if not isinstance(actual, list | tuple):
        yield of_type(path, f"a named tuple of {', '.join(fields)}", actual)
    elif len(actual) != len(expected):
        yield _other_length(path, expected, actual)
    else:
        record = plain_record(actual)
        other = _other_keys(path, fields, record._fields, "field") if isinstance(record, Named) else None
        if other is None and isinstance(record, Named) and record._fields != fields:
            reason = f"{path} has its fields in another order, expected {', '.join(fields)}."
            other = Outcome(Verdict.WRONG_STRUCTURE, reason, path=path)
        if other is not None:
            yield other
            return
        for field, e, a in zip(fields, expected, actual, strict=True):
            yield from _leaves(f"{path}.{field}", e, a)


def _leaves_of_instance(path: str, expected: Instance, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse a dataclass, whose name is free, or a range or polynomial."""
    record = plain_record(actual)
    if not isinstance(record, Instance) or kind(record) != kind(expected):
        word = "a dataclass like " + expected.name if expected.kind == DATACLASS else kind(expected)
        yield of_type(path, word, actual)
        return
    parts, others = expected.attributes, record.attributes
    if expected.kind == RANGE and range(*parts.values()) == range(*others.values()):
        return
    outcome = _other_keys(path, parts, others, "attribute")
    if outcome is not None:
        yield outcome
        return
    for name, part in parts.items():
        yield from _leaves(f"{path}.{name}", part, others[name])


def _leaves_of_array(path: str, expected: Any, actual: Any) -> Iterator[Leaf | Outcome]:
    """Traverse an array of objects by its entries, and one of records by its fields."""
    if not isinstance(actual, np.ndarray):
        yield of_type(path, kind(expected), actual)
    elif is_texts(expected):
        yield Leaf(path, expected, actual)
    elif actual.shape != expected.shape:
        reason = f"{path} has the shape {actual.shape}, expected {expected.shape}."
        yield Outcome(Verdict.WRONG_SHAPE, reason, "", path, actual, expected)
    elif expected.dtype.names:
        fields = expected.dtype.names
        outcome = _other_keys(path, fields, actual.dtype.names or (), "field")
        if outcome is not None:
            yield outcome
            return
        for field in fields:
            yield from _leaves(f"{path}[{field!r}]", expected[field], actual[field])
    else:
        for index in np.ndindex(expected.shape):
            where = f"{path}[{', '.join(map(str, index))}]"
            yield from _leaves(where, expected[index], actual[index])
