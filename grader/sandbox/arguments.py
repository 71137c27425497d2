"""Decode the arguments of a call as the objects that student code expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.models import serialization
from grader.plain.real_objects import real_object
from grader.sandbox.replies import encoded


def received(encoded_args: bytes, classes: Mapping[str, Any]) -> tuple[tuple[Any, ...], bytes]:
    """Return the arguments of a call, and their encoding before it, which objects may have changed.

    Args:
        encoded_args: the encoded tuple of arguments.
        classes: where classes of named tuples and dataclasses are looked up.

    Returns:
        the arguments, and bytes to compare them with after the call.
    """
    built: list[Any] = []

    def build(value: Any) -> Any:
        built.append(value)
        return real_object(value, classes)

    args = serialization.decode(encoded_args, build=build)
    return args, encoded(args) if built else encoded_args
