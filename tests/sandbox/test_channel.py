"""A child that is silent, late, gone or talks nonsense is told apart, and never waited for."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.models import serialization
from grader.sandbox.channel import HEADER, Channel, LateError, LostError

SOON = 5.0


class Pipes:
    """A channel, and the child's ends of its pipes."""

    def __init__(self) -> None:
        self.requests, theirs = os.pipe()
        ours, self.replies = os.pipe()
        self.channel = Channel(theirs, ours)

    def hang_up(self) -> None:
        """Close the child's ends."""
        for descriptor in {self.requests, self.replies} - {-1}:
            os.close(descriptor)
        self.requests = self.replies = -1

    def answer(self, act: Callable[[], None]) -> threading.Thread:
        """Act as the child once a whole request has come."""

        def child() -> None:
            size = int.from_bytes(os.read(self.requests, HEADER), "little")
            while size > 0:
                size -= len(os.read(self.requests, size))
            act()

        thread = threading.Thread(target=child, daemon=True)
        thread.start()
        return thread

    def say(self, data: bytes) -> None:
        """Write all of `data` as the child."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self.replies, rest) :]


def framed(data: bytes) -> bytes:
    return len(data).to_bytes(HEADER, "little") + data


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    both = Pipes()
    yield both
    both.channel.close()
    both.hang_up()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param(("returned", [1, 2.5]), id="a small answer"),
        pytest.param(np.arange(300_000.0), id="more than a pipe holds"),
    ],
)
def test_an_answer_comes_whole(pipes: Pipes, value: Any) -> None:
    thread = pipes.answer(lambda: pipes.say(framed(serialization.encode(value))))
    reply = pipes.channel.request(bytes(300_000), SOON)
    thread.join()
    assert serialization.encode(reply) == serialization.encode(value)


def test_silence_is_late(pipes: Pipes) -> None:
    start = time.monotonic()
    with pytest.raises(LateError):
        pipes.channel.request(b"question", 0.05)
    assert 0.04 < time.monotonic() - start < 2


def test_half_an_answer_is_late(pipes: Pipes) -> None:
    pipes.answer(lambda: pipes.say(framed(bytes(100))[:50])).join(0.01)
    with pytest.raises(LateError):
        pipes.channel.request(b"question", 0.1)


def test_an_answer_that_drips_is_late(pipes: Pipes) -> None:
    def drip() -> None:
        for _ in range(100):
            pipes.say(b"\1")
            time.sleep(0.02)

    thread = pipes.answer(drip)
    start = time.monotonic()
    with pytest.raises(LostError):
        pipes.channel.request(b"question", 0.1)
    assert time.monotonic() - start < 1.5, "not as long as it drips"
    thread.join()


def test_a_child_that_does_not_listen_is_late(pipes: Pipes) -> None:
    with pytest.raises(LateError):
        pipes.channel.request(bytes(1 << 20), 0.05)


def test_a_child_that_is_gone_has_ended(pipes: Pipes) -> None:
    pipes.hang_up()
    with pytest.raises(LostError, match="it ended"):
        pipes.channel.request(b"question", SOON)


def test_a_child_that_goes_while_it_answers_has_ended(pipes: Pipes) -> None:
    def go() -> None:
        pipes.say(framed(bytes(100))[:50])
        pipes.hang_up()

    thread = pipes.answer(go)
    with pytest.raises(LostError, match="it ended"):
        pipes.channel.request(b"question", SOON)
    thread.join()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(framed(b"?"), "makes no sense", id="no value at all"),
        pytest.param(framed(b""), "makes no sense", id="an empty message"),
        pytest.param(framed(serialization.encode(1) + b"\0"), "makes no sense", id="more than a value"),
        pytest.param(b"\xff" * HEADER, "too large", id="a size that nobody has memory for"),
    ],
)
def test_nonsense_is_lost(pipes: Pipes, reply: bytes, reason: str) -> None:
    thread = pipes.answer(lambda: pipes.say(reply))
    with pytest.raises(LostError, match=reason):
        pipes.channel.request(b"question", SOON)
    thread.join()


def test_an_answer_before_the_question_is_no_answer(pipes: Pipes) -> None:
    pipes.say(framed(serialization.encode(1)))
    with pytest.raises(LostError, match="before it was asked"):
        pipes.channel.request(b"question", SOON)
