"""A process of the service ends when it is asked to, whatever it does at that moment."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from grader.server.ending import until_asked


@pytest.fixture
def going_on() -> Iterator[Callable[[], bool]]:
    before = signal.getsignal(signal.SIGTERM)
    yield until_asked()
    signal.signal(signal.SIGTERM, before)


def ask() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()


def test_it_ends_at_once(going_on: Callable[[], bool]):
    assert going_on()
    with pytest.raises(SystemExit):
        ask()


def test_it_does_not_go_on_where_its_end_was_suppressed(going_on: Callable[[], bool]):
    with contextlib.suppress(BaseException):  # as SQLAlchemy does where it closes a connection
        ask()
    assert not going_on()
