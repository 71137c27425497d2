"""The kinds of values, and how messages show them. Bundled for students together with `compare`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from grader.comparison.contrast import shortly
from grader.comparison.verdict import Outcome, Verdict
from grader.plain.frames import Frame, Labels, Series
from grader.plain.records import DATACLASS, Instance, Named, plain_record

OTHER = "an object of another kind"
_WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "None"),
    ((bool, np.bool_), "a truth value"),
    ((date, np.datetime64), "a date"),
    ((timedelta, np.timedelta64), "a duration"),
    ((int, float, complex, np.number), "a number"),
    (np.ndarray, "an array"),
    (str, "text"),
    (bytes, "bytes"),
    (dict, "a dictionary"),
    (list, "a list"),
    (tuple, "a tuple"),
    ((set, frozenset), "a set"),
    (Frame, "a DataFrame"),
    (Series, "a Series"),
    (Labels, "an Index"),
)
_ARRAYS = {
    "U": "an array of texts",
    "S": "an array of bytes",
    "M": "an array of dates",
    "m": "an array of durations",
    "O": "an array of objects",
    "V": "an array of records",
}
_RARE = {"fractions": "a fraction", "decimal": "a decimal number"}
"""The kinds of values in modules that are rarely loaded."""

OF_NUMBERS = {"an array": "an array of numbers"}
ALONE = {"an array": "a number", "an array of dates": "a date", "an array of durations": "a duration"}
"""An array of one kind, and what may stand for one without axes."""


class Leaf(NamedTuple):
    """A number, array, text or other value inside a result that is compared as a whole, and its counterpart.

    `table` is the frame or series that it is a column of.
    """

    path: str
    expected: Any
    actual: Any
    table: Table | None = None


class Table(NamedTuple):
    """A frame or series and its counterpart: its path, and what gives the place of an entry in a row."""

    path: str
    expected: Any
    actual: Any
    place: Callable[[int], str]


def kind(x: Any) -> str:
    """Return the kind of a value in the words of messages."""
    if isinstance(x, np.ndarray):
        return "an array of texts" if is_texts(x) else _ARRAYS.get(x.dtype.kind, "an array")
    if isinstance(x, Named):
        return "a named tuple"
    word = next((word for types, word in _WORDS if isinstance(x, types)), OTHER)
    if word not in (OTHER, "a tuple"):
        return word
    record = plain_record(x)
    if isinstance(record, Named):
        return "a named tuple"
    if isinstance(record, Instance):
        return "a dataclass" if record.kind == DATACLASS else f"a {record.kind}"
    return _RARE.get(type(x).__module__, word)


def is_texts(array: Any) -> bool:
    """Return whether an array holds texts, be it as objects."""
    return array.dtype.kind == "U" or (
        array.dtype.kind == "O" and array.size > 0 and all(isinstance(entry, str) for entry in array.flat)
    )


def is_numeric(x: Any) -> bool:
    """Return whether a value is a number, a truth value or an array of those."""
    if isinstance(x, np.ndarray):
        return x.dtype.kind in "biufc"
    return isinstance(x, int | float | complex | np.number | np.bool_) and not isinstance(x, np.timedelta64)


# ---------------------------------------------------------------- words


def fails(verdict: Verdict, leaf: Leaf, reason: str, detail: str = "") -> Outcome:
    """Return the outcome of a wrong leaf; of a column, it shows the whole table.

    Args:
        verdict: the rung that failed.
        leaf: the leaf.
        reason: what may be told of a hidden case too.
        detail: what may not.

    Returns:
        the outcome.
    """
    whole = leaf if leaf.table is None else leaf.table
    return Outcome(verdict, reason, detail, whole.path, whole.actual, whole.expected)


def of_type(path: str, expected: str, actual: Any) -> Outcome:
    """Return the outcome of a part of another kind.

    Args:
        path: the path of the part.
        expected: the kind that is expected, in words.
        actual: the part of the answer.

    Returns:
        the outcome.
    """
    named = getattr(actual, "type_name", type(actual).__name__)
    detail = "" if kind(actual) != OTHER else f"Its type is {named}."
    return Outcome(Verdict.WRONG_TYPE, f"{path} is {kind(actual)}, expected {expected}.", detail, path)


def count(n: int, noun: str) -> str:
    """Format a number of things.

    Args:
        n: the number.
        noun: the word for one of them.

    Returns:
        the text.
    """
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("ry") else f"{n} {noun}s"


def keys(found: Sequence[Any], others: Iterable[Any] = ()) -> str:
    """Format the first few keys.

    Args:
        found: the keys.
        others: keys that they must not be taken for.

    Returns:
        the text.
    """
    others = [*others]
    shown = ", ".join(shortly(key, others) for key in found[:5])
    return shown + (f" and {len(found) - 5} more" if len(found) > 5 else "")
