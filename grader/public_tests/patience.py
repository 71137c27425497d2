"""End a call in the notebook that takes too long, as an endless loop does. Bundled for students."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

USUAL = 2.0
"""The seconds that one call may take when it is graded, unless its exercise says otherwise."""

TIMES = 5
"""A student's machine may be so many times as slow as the one that grades."""

AGAIN = 1.0
"""Seconds after which code that went on all the same is stopped once more."""


class TimedOut(BaseException):  # what students see; `except Exception` in a loop does not stop it
    """A call took longer than it may."""


TimedOut.__module__ = "builtins"  # so that its name alone is printed


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Limit what is called inside the context, where this process and this thread can be interrupted.

    Args:
        seconds: the seconds that the call may take when it is graded; 0 for the usual ones.

    Returns:
        a context manager.

    Raises:
        TimedOut: it took `TIMES` as long.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    limit = TIMES * (seconds or USUAL)

    def stop(*_: Any) -> NoReturn:
        raise TimedOut(f"no answer within {limit:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
