"""Framed messages with a child, over two pipes, under a deadline."""

from __future__ import annotations

import os
import select
import time
from typing import Any

from grader import wire

HEADER = 8
"""A message is its length in eight bytes, little-endian, and then that many bytes of `grader.wire`."""

CHUNK = 1 << 20


class LostError(Exception):
    """The child will not answer any more: it ended, ran out of time, or spoke garbage."""


class LateError(LostError):
    """The child ran out of time."""


class Conversation:
    """The grader's ends of a child's two pipes. One message at a time, and a reply to each."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        os.set_blocking(requests, False)

    def ask(self, message: bytes, seconds: float) -> Any:
        """Send an encoded message and return the decoded reply.

        Raises:
            LateError: no whole reply came within `seconds`, which cover writing, running and reading.
            LostError: the child ended, or what it sent is not a reply.
        """
        deadline = time.monotonic() + seconds
        if _events(self.replies, select.POLLIN, 0) & select.POLLIN:
            raise LostError("it spoke before it was asked")
        self._write(len(message).to_bytes(HEADER, "little") + message, deadline)
        size = int.from_bytes(self._read(HEADER, deadline), "little")
        if size > wire.MAX_BYTES + CHUNK:
            raise LostError("its answer is too large")
        try:
            return wire.decode(self._read(size, deadline))
        except wire.WireError as error:
            raise LostError(f"its answer makes no sense: {error}") from None

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            _wait(self.requests, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self.requests, rest) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise LostError("it ended") from None

    def _read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            _wait(self.replies, select.POLLIN, deadline)
            chunk = os.read(self.replies, min(size - len(data), CHUNK))
            if not chunk:
                raise LostError("it ended")
            data += chunk
        return bytes(data)

    def close(self) -> None:
        """Close both pipes."""
        os.close(self.requests)
        os.close(self.replies)


def _wait(descriptor: int, event: int, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not _events(descriptor, event, left):
        raise LateError("it ran out of time")


def _events(descriptor: int, event: int, seconds: float) -> int:
    """What has happened on a descriptor: `event`, its end, or, in time, nothing (0)."""
    poll = select.poll()
    poll.register(descriptor, event)
    happened = poll.poll(seconds * 1000)
    return happened[0][1] if happened else 0
