"""Who sent a notebook, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from grader.model import Student


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sent a notebook, and when at UTC in ISO 8601, if it is known."""

    students: tuple[Student, ...] = ()
    submitted: str = ""


def read_time(text: str) -> str:
    """A time as at UTC in ISO 8601; one without a zone is meant so. What is no time is empty."""
    try:
        time = datetime.fromisoformat(text.strip().replace(" UTC", "Z").replace(" Z", "Z"))
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
