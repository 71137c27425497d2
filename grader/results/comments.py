"""comments.json: what an instructor says to everyone who gave the same wrong answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import msgspec

from grader.model import Report, Score

DIGITS = 6
"""Of a signature, in the name of a group: two groups of a function share them once in 16 million."""


def group_of(score: Score) -> str | None:
    """Return what the group of a score is called, `linear_forward-3f2a1b`, None if it has none."""
    return f"{score.name}-{score.signature[:DIGITS]}" if score.signature else None


def with_comments(report: Report, comments: Mapping[str, str]) -> Report:
    """Return the report with the comment of its group on each score, in place of what it had.

    Args:
        report: any report; it comes back itself when nothing changes.
        comments: texts by the names of their groups.
    """
    scores = tuple(_commented(score, comments) for score in report.exercises)
    if all(new is old for new, old in zip(scores, report.exercises, strict=True)):
        return report
    return dataclasses.replace(report, exercises=scores)


def _commented(score: Score, comments: Mapping[str, str]) -> Score:
    group = group_of(score)
    said = (comments[group],) if group is not None and group in comments else ()
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
