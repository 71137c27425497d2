"""Make the objects that plain values stand for, as student code expects them. Bundled for students."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.plain.frames import TABLES
from grader.plain.pandas_frames import real_frame
from grader.plain.records import Instance, Named, real_record


def real_object(value: Any, classes: Mapping[str, Any]) -> Any:
    """Return the object that a plain value stands for; any other value as it is.

    Args:
        value: the value.
        classes: where classes of named tuples and dataclasses are looked up; they are made anew otherwise.

    Returns:
        the object.
    """
    if isinstance(value, Named | Instance):
        return real_record(value, classes)
    return real_frame(value) if isinstance(value, TABLES) else value


def real_objects(value: Any, classes: Mapping[str, Any]) -> Any:
    """Return a value with the objects that plain values anywhere inside it stand for.

    Args:
        value: the value.
        classes: where classes are looked up.

    Returns:
        the value, or a new one.
    """
    if isinstance(value, Mapping):
        return {real_objects(k, classes): real_objects(item, classes) for k, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [real_objects(item, classes) for item in value]
        if isinstance(value, Named):
            return real_record(Named(value._name, value._fields, items), classes)
        return type(value)(items)
    if isinstance(value, Instance):
        attributes = {name: real_objects(part, classes) for name, part in value.attributes.items()}
        return real_record(Instance(value.kind, value.name, attributes), classes)
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        made = np.empty(value.shape, object)
        for index in np.ndindex(value.shape):
            made[index] = real_objects(value[index], classes)
        return made
    return real_object(value, classes)
