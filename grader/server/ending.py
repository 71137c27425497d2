"""Let a process of the service end when it is asked to, whatever it does at that moment."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import NoReturn


def until_asked() -> Callable[[], bool]:
    """Let SIGTERM end this process at once: what is half done is given back, and the next does it again.

    Returns:
        a function that returns whether to go on: who suppresses all that is raised, as a pool of connections
        that closes one, suppresses the end of the process, too.
    """
    asked: list[int] = []

    def end(number: int, _frame: object) -> NoReturn:
        asked.append(number)
        sys.exit()

    signal.signal(signal.SIGTERM, end)
    return lambda: not asked
