"""Keys of dictionaries and entries of sets: which values may be one, and no flood of equal hashes."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from grader.plain.records import Named, fields_of

SIMPLE = (type(None), bool, int, float, complex, str, bytes, date, datetime, timedelta)
_SIMPLE = frozenset(SIMPLE)
NUMPY = frozenset(kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biufcSU")
"""NumPy's numbers and texts, which become those of Python."""

SAME_HASH = 32
"""Keys of one hash that a dictionary or set may have; each costs a comparison with all others."""


class NoKeyError(ValueError):
    """A value cannot be a key; the text is the name of its type."""


def plain_key(key: Any) -> Any:
    """Return a key as plain data, without a call of any method that a student wrote.

    Raises:
        NoKeyError: it is of another kind, or contains what is.
    """
    kind = type(key)
    if kind in _SIMPLE and getattr(key, "tzinfo", None) is None:
        return key
    if kind in NUMPY and kind not in (np.longdouble, np.clongdouble):
        return key.item()
    if kind is frozenset:
        return frozenset(map(plain_key, key))
    if issubclass(kind, tuple):
        fields = key._fields if kind is Named else fields_of(kind)
        entries = tuple([plain_key(entry) for entry in tuple.__iter__(key)])
        return Named(getattr(key, "_name", kind.__name__), fields, entries) if fields else entries
    if _is_exact(kind):
        return key
    raise NoKeyError(kind.__name__)


def is_key(key: Any) -> bool:
    """Return whether a decoded value may be a key."""
    kind = type(key)
    if kind is tuple or kind is Named:
        return all(map(is_key, key))
    return kind in _SIMPLE or kind is frozenset or _is_exact(kind)


def _is_exact(kind: type) -> bool:
    """Return whether a class is one of Python's numbers in modules that are rarely loaded."""
    return kind in [
        getattr(sys.modules.get(module), name, None)
        for module, name in (("fractions", "Fraction"), ("decimal", "Decimal"))
    ]


Hashes = dict[int, int]
"""The number of keys of each hash."""


def check_key(key: Any, hashes: Hashes) -> None:
    """Check a key that was decoded, and count its hash: all but those of texts can be chosen to collide.

    Args:
        key: the key.
        hashes: the hashes of the keys before it.

    Raises:
        ValueError: it cannot be a key, or too many have its hash.
    """
    if type(key) is not int and not is_key(key):
        raise ValueError("a key is not plain")
    value = hash(key)
    count = hashes[value] = hashes.get(value, 0) + 1
    if count > SAME_HASH:
        raise ValueError("too many keys have one hash")
