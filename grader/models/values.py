"""What calls take and return, and the leaves of such values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

Value = Any
"""What a call takes or returns: None, numbers, text, arrays; lists, tuples and dicts of them."""

Place = tuple[Hashable, ...]
"""Where a leaf is in a value: the keys and positions on the way to it."""

Leaves = Mapping[Place, Value]


def leaves(value: Value, path: Place = ()) -> dict[Place, Value]:
    """The numbers, arrays and texts inside a value, by where they are."""
    if isinstance(value, Mapping):
        items: Any = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    else:
        return {path: value}
    return {at: leaf for key, item in items for at, leaf in leaves(item, (*path, key)).items()}


def rebuilt(value: Value, small: Callable[[Place, Value], Value], path: Place = ()) -> Value:
    """A value of the same structure, each leaf replaced."""
    if isinstance(value, Mapping):
        return {key: rebuilt(item, small, (*path, key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        items = [rebuilt(item, small, (*path, i)) for i, item in enumerate(value)]
        return items if isinstance(value, list) else tuple(items)
    return small(path, value)
