"""comments.json: what an instructor says to everyone who gave the same wrong answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.files.atomic_files import write_atomically
from grader.files.ordinary_files import read_ordinary
from grader.grading.answer_fingerprint import groups_of
from grader.models.report import Header, Report, Score
from grader.reports.feedback_page import write_feedback

NAME = "comments.json"


def with_comments(report: Report, comments: Mapping[str, str]) -> Report:
    """Put the comments of its groups on each score, in place of earlier ones.

    Args:
        report: any report.
        comments: texts by the names of their groups.

    Returns:
        the report with comments; the same object if nothing changes.
    """
    scores = tuple(_commented(score, comments) for score in report.exercises)
    if all(new is old for new, old in zip(scores, report.exercises, strict=True)):
        return report
    return dataclasses.replace(report, exercises=scores)


def _commented(score: Score, comments: Mapping[str, str]) -> Score:
    said = tuple(comments[group] for group in groups_of(score) if group in comments)
    return score if score.comments == said else dataclasses.replace(score, comments=said, anywhere=None)


def write_comments(comments: Mapping[str, str]) -> bytes:
    """Return comments.json: an object of texts by group, in the order of the groups' names."""
    return msgspec.json.format(msgspec.json.encode(dict(sorted(comments.items()))), indent=1) + b"\n"


def read_comments(content: bytes) -> dict[str, str]:
    """Return what a comments.json says.

    Raises:
        ValueError: `content` is not a comments.json.
    """
    try:
        return msgspec.json.decode(content, type=dict[str, str])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"this is not a comments.json: {error}") from error


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
    """Store a comment, and write it on the pages of a group's members.

    Args:
        folder: the results folder.
        header: what all reports share.
        members: the reports of the group.
        group: the name of the group.
        text: the comment; an empty one removes it.

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
