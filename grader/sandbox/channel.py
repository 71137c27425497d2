"""Framed messages with a child, over two pipes, under a deadline."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Sequence
from typing import Any

from grader.models import serialization

HEADER = 8
"""A message is its length in eight bytes, little-endian, and then that many bytes of `serialization`."""

GREETING = "ready"
"""What a child says before it is asked anything: that its layers are on."""

CHUNK = 1 << 16
"""Bytes that a pipe holds, and that are read from one at a time."""


class LostError(Exception):
    """The child will not answer any more: it ended, ran out of time, or spoke garbage."""


class LateError(LostError):
    """The child ran out of time."""


class Conversation:
    """The grader's ends of a child's two pipes. The child answers each message, in order."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        self._buffer = bytearray()
        self._left = CHUNK
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(requests, select.POLLOUT)
        self._readable.register(replies, select.POLLIN)
        os.set_blocking(requests, False)

    def hear_greeting(self, seconds: float) -> None:
        """Wait until the child is ready to be asked. What goes wrong before is no submission's fault.

        Raises:
            LostError: it does not get ready within `seconds`.
        """
        if self._reply(time.monotonic() + seconds) != GREETING:
            raise LostError("it said something else")

    def ask(self, message: bytes, seconds: float) -> Any:
        """Send an encoded message and return the decoded reply; see `ask_all`."""
        return self.ask_all([message], seconds)[0]

    def ask_all(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send encoded messages, which together a pipe can hold, and return the decoded replies.

        Raises:
            LateError: not all replies came within `seconds`, which cover writing, running and reading.
            LostError: the child ended, or what it sent is not a reply.
        """
        deadline = time.monotonic() + seconds
        if self._buffer or _happened(self._readable, 0) & select.POLLIN:
            raise LostError("it spoke before it was asked")
        self._write(b"".join(map(framed, messages)), deadline)
        self._left = serialization.MAX_BYTES + CHUNK
        return [self._reply(deadline) for _ in messages]

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            _wait(self._writable, deadline)
            try:
                rest = rest[os.write(self.requests, rest) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise LostError("it ended") from None

    def _reply(self, deadline: float) -> Any:
        size = int.from_bytes(self._read(HEADER, deadline), "little")
        if size > self._left:  # what comes together may be no larger than what comes alone
            raise LostError("its answer is too large")
        self._left -= size
        try:
            return serialization.decode(self._read(size, deadline))
        except serialization.WireError as error:
            raise LostError(f"its answer makes no sense: {error}") from None

    def _read(self, size: int, deadline: float) -> bytes:
        while len(self._buffer) < size:
            _wait(self._readable, deadline)
            chunk = os.read(self.replies, max(size - len(self._buffer), CHUNK))
            if not chunk:
                raise LostError("it ended")
            self._buffer += chunk
        data = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        return data

    def close(self) -> None:
        """Close both pipes."""
        os.close(self.requests)
        os.close(self.replies)


def framed(message: bytes) -> bytes:
    """A message as it goes through a pipe."""
    return len(message).to_bytes(HEADER, "little") + message


def _wait(poll: select.poll, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not _happened(poll, left):
        raise LateError("it ran out of time")


def _happened(poll: select.poll, seconds: float) -> int:
    """What has happened on the descriptor of a poll: what it waits for, its end, or, in time, nothing (0)."""
    happened = poll.poll(seconds * 1000)
    return happened[0][1] if happened else 0
