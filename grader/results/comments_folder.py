"""The comments of a results folder: what an instructor says to everyone who gave the same wrong answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.errors import UsageError
from grader.model import Report
from grader.report.comments import read_comments, with_comments, write_comments
from grader.report.feedback import write_feedback
from grader.report.results import Header
from grader.store import read_ordinary, write_atomically

NAME = "comments.json"


def comments_in(folder: Path) -> dict[str, str]:
    """What an instructor says to groups of the same wrong answers, by the names of the groups.

    Raises:
        UsageError: the file that has the comments cannot be read.
    """
    path = folder / NAME
    try:
        return read_comments(read_ordinary(path)) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}\n  Mend it, or move it away.") from None


def comment_on(folder: Path, header: Header, members: Iterable[Report], group: str, text: str) -> None:
    """Keep a comment, and write it on the pages of a group's members. An empty text takes it back.

    Raises:
        UsageError: the folder cannot be written to.
    """
    comments = {**comments_in(folder), group: text}
    kept = {name: said for name, said in comments.items() if said}
    try:
        write_atomically(folder / NAME, write_comments(kept))
        for report in members:
            page = write_feedback(header, with_comments(report, kept))
            write_atomically(folder / "feedback" / f"{report.id}.html", page)
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: {error.strerror}\n  Make room in it.") from None
