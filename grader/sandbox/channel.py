"""Length-prefixed messages to and from a worker process, over two pipes, with a deadline."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Sequence
from typing import Any

from grader.models import serialization
from grader.sandbox.replies import decoded_reply

HEADER = 8
"""Bytes of the length (little-endian) that precedes each encoded message."""

GREETING = "ready"
"""The first message of a worker process: its isolation layers are on."""

CHUNK = 1 << 16
"""Bytes that a pipe holds, and that are read from one at a time."""


class LostError(Exception):
    """The worker process cannot answer any more: it exited, ran out of time, or sent an invalid message."""


class LateError(LostError):
    """The worker process ran out of time."""


class Channel:
    """The grader's ends of the two pipes. The worker process answers each message, in order."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        self._buffer = bytearray()
        self._left = CHUNK
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(requests, select.POLLOUT)
        self._readable.register(replies, select.POLLIN)
        os.set_blocking(requests, False)

    def receive_greeting(self, seconds: float) -> None:
        """Wait until the worker process is ready. A failure before that is no submission's fault.

        Raises:
            LostError: it is not ready within `seconds`.
        """
        if self._reply(time.monotonic() + seconds) != GREETING:
            raise LostError("it said something else")

    def request(self, message: bytes, seconds: float) -> Any:
        """Send one message; see `request_all`.

        Args:
            message: the encoded message.
            seconds: the time limit for writing, running and reading.

        Returns:
            the decoded reply.

        Raises:
            LateError: the reply did not come in time.
            LostError: the worker process exited, or sent something that is no reply.
        """
        return self.request_all([message], seconds)[0]

    def request_all(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send messages that fit into a pipe together, and wait for the replies.

        Args:
            messages: the encoded messages.
            seconds: the time limit for writing, running and reading all of them.

        Returns:
            the decoded replies, in order.

        Raises:
            LateError: not all replies came in time.
            LostError: the worker process exited, or sent something that is no reply.
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
        if size > self._left:  # the limit of one message holds for a batch, too
            raise LostError("its answer is too large")
        self._left -= size
        try:
            return decoded_reply(self._read(size, deadline))
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
    """Return a message with its length in front."""
    return len(message).to_bytes(HEADER, "little") + message


def _wait(poll: select.poll, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not _happened(poll, left):
        raise LateError("it ran out of time")


def _happened(poll: select.poll, seconds: float) -> int:
    """Poll one descriptor; return the event mask, or 0 on timeout."""
    happened = poll.poll(seconds * 1000)
    return happened[0][1] if happened else 0
