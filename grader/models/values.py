"""Values that calls take and return, and the leaves inside them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

Value = Any
"""The type of arguments and answers: None, numbers, text, arrays; lists, tuples and dicts of them."""

Place = tuple[Hashable, ...]
"""The path to a leaf inside a value: keys and indices."""

Leaves = Mapping[Place, Value]


def leaves(value: Value, path: Place = ()) -> dict[Place, Value]:
    """Return the numbers, arrays and texts inside a value, by their paths.

    Args:
        value: the value.
        path: the path of the value itself.

    Returns:
        path -> leaf, in order.
    """
    if isinstance(value, Mapping):
        items: Any = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    else:
        return {path: value}
    return {at: leaf for key, item in items for at, leaf in leaves(item, (*path, key)).items()}


def rebuilt(value: Value, small: Callable[[Place, Value], Value], path: Place = ()) -> Value:
    """Return a value of the same structure with other leaves.

    Args:
        value: the value.
        small: returns the new leaf for a path and a leaf.
        path: the path of the value itself.

    Returns:
        the new value.
    """
    if isinstance(value, Mapping):
        return {key: rebuilt(item, small, (*path, key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        items = [rebuilt(item, small, (*path, i)) for i, item in enumerate(value)]
        return items if isinstance(value, list) else tuple(items)
    return small(path, value)


def without_values(value: Value) -> Value:
    """Return a value of the same types, structure, shapes and dtypes, with zeros and empty texts in it."""

    def emptied(_place: Place, leaf: Value) -> Value:
        if isinstance(leaf, np.ndarray):
            return np.zeros_like(leaf)
        return leaf if leaf is None else type(leaf)()

    return rebuilt(value, emptied)
