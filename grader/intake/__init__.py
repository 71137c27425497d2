"""What was handed in: found in files, folders and zips, named after its students, read as data."""

from __future__ import annotations

from grader.intake.finding import Handed, find, read
from grader.intake.names import safe_id
from grader.intake.reading import MAX_FILE

__all__ = ["MAX_FILE", "Handed", "find", "read", "safe_id"]
