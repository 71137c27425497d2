"""Decode the arguments of a call as the objects that student code expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.models import serialization
from grader.plain.real_objects import real_object
from grader.sandbox.replies import encoded


def received(encoded_args: bytes, classes: Mapping[str, Any]) -> tuple[tuple[Any, ...], bytes]:
    """Return the arguments of a call, and their encoding before it, which objects may have changed."""
    built: list[Any] = []

    def build(value: Any) -> Any:
        built.append(value)
        return real_object(value, classes)

    args = serialization.decode(encoded_args, build=build)
    return args, encoded(args) if built else encoded_args
