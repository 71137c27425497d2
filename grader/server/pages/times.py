"""Say times as people read them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

STEPS = ((timedelta(days=2), 86_400, "day"), (timedelta(hours=2), 3_600, "hour"), (timedelta(), 60, "minute"))
"""From which length of time on it is counted in which unit of how many seconds."""

SECONDS_ARE_TOLD = 90


def said(at: datetime, zone: tzinfo | None = None) -> str:
    """Return a time with its day and its zone, such as `Sun 29 Nov 2026, 23:59 (UTC+01:00)`.

    Args:
        at: the time.
        zone: the zone to say it in; by default its own.

    Returns:
        the text.
    """
    there = at.astimezone(zone) if zone else at
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M} ({_zone(there)})"


def _zone(at: datetime) -> str:
    offset = at.utcoffset() or timedelta()
    if not offset:
        return "UTC"
    minutes = round(abs(offset).total_seconds() / 60)
    return f"UTC{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def until(at: datetime, now: datetime) -> str:
    """Return how far a time is away, such as `in 3 days` or `5 hours ago`.

    Args:
        at: the time.
        now: the present.

    Returns:
        the text.
    """
    away = abs(at - now)
    seconds, unit = next((size, name) for least, size, name in STEPS if away >= least)
    count = int(away.total_seconds() // seconds)
    if not count:
        return "in less than a minute" if at > now else "just now"
    words = f"{count:,} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if at > now else f"{words} ago"


def lasting(seconds: float) -> str:
    """Return a length of time, such as `20 seconds` or `3 minutes`, rounded up."""
    if seconds <= SECONDS_ARE_TOLD:
        return (
            "a second" if seconds <= 1 else f"{_up(seconds, 5) if seconds > 5 else _up(seconds, 1)} seconds"
        )
    return f"{_up(seconds / 60, 1)} minutes"


def _up(number: float, step: int) -> int:
    return -int(-number // step) * step
