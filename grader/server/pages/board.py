"""What pages that wait are told: who is in the queue, and whether anything has changed."""

from __future__ import annotations

import bisect
import threading
import time
from collections.abc import AsyncIterator, Callable

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from grader.server.services import Services
from grader.server.store.changes import Changes, changes

TICK = 0.1
"""Seconds for which what was seen is good enough: all who wait are answered by one look at the database."""

STEP = 0.5
"""Seconds between two looks of one who waits."""

RARELY = 2.0
"""Seconds between two things that are said to one who goes on waiting: a whole class may wait."""

ALIVE = 15.0
"""Seconds after which something is sent, so that nobody between takes the connection for dead."""

LONGEST = 120.0
"""Seconds after which a stream ends; a browser asks again by itself."""


def before(seen: Changes, submission: int) -> int | None:
    """Return how many submissions are graded before one.

    Args:
        seen: what there is in the queue.
        submission: the number of the one.

    Returns:
        the number; None if it does not wait.
    """
    place = bisect.bisect_left(seen.queued, submission)
    return place if place < len(seen.queued) and seen.queued[place] == submission else None


class Board:
    """What was seen last. Threads may share it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._lock = threading.Lock()
        self._seen: tuple[float, Changes] | None = None

    async def look(self, submission: int = 0) -> Changes:
        """Return what there is in the database, or was a moment ago.

        Args:
            submission: the number of one that has to be in it already; another process may have stored it.

        Returns:
            what there is.
        """
        if known := self._known(submission):
            return known
        return await run_in_threadpool(self._read, submission)

    def _known(self, submission: int) -> Changes | None:
        """Return what was seen last, if that is good enough."""
        if self._seen is None:
            return None
        at, found = self._seen
        return found if time.monotonic() - at < TICK and found.submitted >= submission else None

    def _read(self, submission: int) -> Changes:
        with self._lock:
            if known := self._known(submission):
                return known
            with self.services.database.reading() as connection:
                found = changes(connection)
            self._seen = (time.monotonic(), found)
            return found

    async def graded(self, submission: int, patience: float) -> bool:
        """Wait until a submission does not wait any more, or for some seconds at the most.

        Args:
            submission: its number.
            patience: the seconds.

        Returns:
            whether it is graded.
        """
        until = time.monotonic() + patience
        while before(await self.look(submission), submission) is not None:
            if time.monotonic() > until:
                return False
            await anyio.sleep(TICK / 2)
        return True


def stream(
    board: Board, news: Callable[[Changes], tuple[str, str]], *, submission: int = 0, last: str = ""
) -> StreamingResponse:
    """Return server-sent events: one whenever the news are others.

    Args:
        board: what is looked at.
        news: returns the name of an event and its text.
        submission: the number of the submission that they are of, if they are of one.
        last: the name of the event after which nothing else comes.

    Returns:
        the response.
    """
    return StreamingResponse(
        _events(board, news, submission, last),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    board: Board, news: Callable[[Changes], tuple[str, str]], submission: int, last: str
) -> AsyncIterator[str]:
    told: tuple[str, str] | None = None
    end = time.monotonic() + LONGEST
    sent = -RARELY
    yield "retry: 1000\n\n"
    while time.monotonic() < end:
        name, text = now = news(await board.look(submission))
        silent = time.monotonic() - sent
        if now != told and (name == last or silent > RARELY):
            yield f"event: {name}\ndata: {text}\n\n"
            told, sent = now, time.monotonic()
        elif silent > ALIVE:
            yield ": still here\n\n"
            sent = time.monotonic()
        if name == last:
            return
        await anyio.sleep(STEP)
