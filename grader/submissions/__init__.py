"""Find submissions in files, folders and zips, match them with students, and read them as data."""

from __future__ import annotations

from grader.submissions.discovery import Handed, Survey, find, read, survey
from grader.submissions.filename_pattern import read_pattern
from grader.submissions.safe_ids import safe_id
from grader.submissions.selection import counted
from grader.submissions.sources import MAX_FILE

__all__ = [
    "MAX_FILE", "Handed", "Survey", "counted", "find", "read", "read_pattern", "safe_id", "survey",
]  # fmt: skip
