"""What was handed in: found in files, folders and zips, named after its students, read as data."""

from __future__ import annotations

from grader.intake.choosing import counted
from grader.intake.finding import Handed, Survey, find, read, survey
from grader.intake.names import safe_id
from grader.intake.pattern import read_pattern
from grader.intake.reading import MAX_FILE

__all__ = [
    "MAX_FILE", "Handed", "Survey", "counted", "find", "read", "read_pattern", "safe_id", "survey",
]  # fmt: skip
