"""Parse the times at which work was submitted, as learning systems write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from grader.models.submission import Student


@dataclass(frozen=True, slots=True)
class Sent:
    """Who submitted a notebook, and when: UTC in ISO 8601, or empty if not known."""

    students: tuple[Student, ...] = ()
    submitted: str = ""


def read_time(text: str) -> str:
    """Return a time as UTC in ISO 8601, taking UTC if no zone is given; empty if it is not a time."""
    try:
        time = datetime.fromisoformat(text.strip().replace(" UTC", "Z").replace(" Z", "Z"))
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"([0-9]{1,2})(?: ?H ?|[ .:])?([0-9]{2})(?: ([AP])\.?M\.?)?")


def read_brightspace_time(text: str) -> str:
    """Return a time such as `Nov 3, 2025 1012 AM` in a form that sorts; empty in another language."""
    one, other, year, clock = re.sub("[.,]? ", " ", text).split(" ", 3)
    word, day = (other, one) if one.isdigit() else (one, other)
    match = _CLOCK.fullmatch(clock.upper())
    if match is None or word[:3].lower() not in _MONTHS:
        return ""
    hour = int(match[1]) % 12 + 12 * (match[3] == "P") if match[3] else int(match[1])
    return f"{year}-{_MONTHS.index(word[:3].lower()) + 1:02}-{int(day):02}T{hour:02}:{match[2]}"
