"""Watches a file for changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks. An editor is done with a file that looks the same twice."""


def saves(path: Path) -> Iterator[None]:
    """Yield at once, and then each time the file at `path` was saved, for ever.

    Editors write a file in several steps, or put another in its place: what counts is that it is there,
    is not the one that was seen last, and has been left alone for `PAUSE`.
    """
    seen = before = _stamp(path)
    yield
    while True:
        time.sleep(PAUSE)
        now = _stamp(path)
        if now is not None and now == before and now != seen:
            seen = now
            yield
        before = now


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what differs after a file was saved; None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
