"""Limit how much one person may ask for, so that a flood of one slows nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grader.errors import RefusedError

BURST = 4
"""Seconds' worth of requests that may come at once, after a pause."""

FLOOD = "You ask for more than {most} pages a second.\n  Wait a moment, and go on."


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class Limits:
    """What each person may still ask for, of each process that answers; it counts in one thread."""

    def __init__(self, a_second: int) -> None:
        self._a_second = a_second
        self._buckets: dict[int, _Bucket] = {}

    def check(self, person: int, now: datetime) -> None:
        """Count a request.

        Args:
            person: the number of who asks; there are as many as people of the course.
            now: the time.

        Raises:
            RefusedError: it is one too many.
        """
        most = float(self._a_second * BURST)
        bucket = self._buckets.setdefault(person, _Bucket(most, now))
        passed = max((now - bucket.at).total_seconds(), 0.0)
        bucket.left, bucket.at = min(bucket.left + passed * self._a_second, most), now
        if bucket.left < 1:
            raise RefusedError(429, FLOOD.format(most=self._a_second), retry_after=1)
        bucket.left -= 1
