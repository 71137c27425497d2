"""What a worker process replies, and how both sides spell it: answers, changed arguments and exceptions."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from grader.models import serialization
from grader.models.protocol import IN_DRIVER

MAX_NAME, MAX_TEXT = 100, 2000
"""Characters that are sent of an exception's type and text."""

MAX_BASES = 20
"""Base classes of an exception that are named."""

PLACES = 16
"""Outermost and innermost frames of a traceback that are reported, this many each."""

_USUAL = serialization.encode(("returned", 0.0, b"", []))
_MIDDLE = struct.Struct("<cdcI")
"""The tagged seconds and the tagged size of the value, between the parts that all usual replies share."""

_END = serialization.encode([])
_START = _USUAL[: -_MIDDLE.size - len(_END)]
_VALUE = len(_START) + _MIDDLE.size
"""Where the value begins in a usual reply."""

SHORT = 1 << 20
"""The bytes of a value from which on a reply is not the usual one, far from all limits of `serialization`."""


def encoded_reply(reply: Any) -> bytes:
    """Encode a reply as `serialization.encode` does.

    The usual one, of a call that returned and changed no argument, takes a tenth of the time.
    """
    match reply:
        case ("returned", float(seconds), bytes(value), []) if len(value) < SHORT:
            return b"".join((_START, _MIDDLE.pack(b"D", seconds, b"Y", len(value)), value, _END))
        case _:
            return serialization.encode(reply)


def decoded_reply(data: bytes) -> Any:
    """Decode a reply, which is an untrusted claim, as `serialization.decode` does; the usual one sooner.

    Raises:
        WireError: the bytes are no reply.
    """
    if len(data) >= len(_USUAL) and data.startswith(_START) and data.endswith(_END):
        number, seconds, text, size = _MIDDLE.unpack_from(data, len(_START))
        if number == b"D" and text == b"Y" and size == len(data) - len(_USUAL) < SHORT:
            return "returned", seconds, data[_VALUE : _VALUE + size], []
    return serialization.decode(data)


def encoded(value: Any) -> bytes:
    """Encode a value; replace one that cannot be encoded by a marker."""
    try:
        return serialization.encode(value)
    except (serialization.WireError, MemoryError):
        return serialization.encode(serialization.Unsupported("value that is too large"))


def changed(before: bytes, args: Sequence[Any]) -> list[int]:
    """Return the positions of the arguments that differ from those that were sent.

    Args:
        before: the encoded arguments that were sent.
        args: the arguments after the call.

    Returns:
        positions from 0.
    """
    if encoded(args) == before:
        return []
    sent = serialization.decode(before)
    return [i for i, arg in enumerate(args) if encoded(arg) != serialization.encode(sent[i])]


def describe(error: BaseException) -> tuple[str, str, list[list[int]], list[str]]:
    """Return an exception as (type, text, places, bases): the (cell, line) of each frame, innermost last.

    The cell of a driver is `IN_DRIVER`.
    """
    places: list[list[int]] = []
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith("<cell "):
            places.append([int(file[6:-1]), traceback.tb_lineno])
        elif file.startswith("<driver "):
            places.append([IN_DRIVER, traceback.tb_lineno])
        traceback = traceback.tb_next
    if len(places) > 2 * PLACES:
        places[PLACES:-PLACES] = []
    try:
        here = (
            f" ({getattr(error, 'path', None)})"  # the path in an ImportError, which depends on the machine
        )
        text = str(error).removesuffix(here)[:MAX_TEXT]
    except BaseException:  # noqa: BLE001
        text = ""
    bases = [base.__name__[:MAX_NAME] for base in type.mro(type(error))[1:MAX_BASES]]
    return type(error).__name__[:MAX_NAME], text, places, bases
