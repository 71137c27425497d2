"""Show two values that differ so that the difference is seen. Bundled for students."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

ROOM = 50
"""The characters shown of a long text."""

BEFORE = 20
"""How many of them stand before the first difference."""

DOTS = "..."
NUMBERS = (int, float, complex, np.number, np.bool_)
DIGITS = (6, 9, 17)
"""Significant digits to try until two numbers are written differently."""

NO_LINE = "no further line"


class Contrast(NamedTuple):
    """Two values that differ, as text; `line` is the first line that differs of texts that have several.

    `remark` is a sentence on what alone is different, where it is little.
    """

    yours: str
    theirs: str
    line: int = 0
    remark: str = ""


def contrast(actual: Any, expected: Any) -> Contrast:
    """Return how a message shows two values that differ: of long ones, what stands around the difference.

    Args:
        actual: the value.
        expected: its counterpart.

    Returns:
        the texts.
    """
    yours, theirs = _plain_text(actual), _plain_text(expected)
    if not _both_texts(yours, theirs):
        return Contrast(*excerpts(yours, theirs))
    return _contrast_of_texts(yours, theirs)


def _contrast_of_texts(yours: Any, theirs: Any) -> Contrast:
    remark, line = _only_difference(yours, theirs), 0
    newline = "\n" if isinstance(yours, str) else b"\n"
    lines = [(text[:-1] if text.endswith(newline) else text).split(newline) for text in (yours, theirs)]
    several = yours and theirs and max(map(len, lines)) > 1
    if several and yours.rstrip(newline) != theirs.rstrip(newline):
        line = _first_difference(*lines) + 1
        if line > min(map(len, lines)):
            shown = [shortly(one[line - 1]) if line <= len(one) else NO_LINE for one in lines]
            return Contrast(shown[0], shown[1], line)
        yours, theirs = (one[line - 1] for one in lines)
    return Contrast(*excerpts(yours, theirs), line, remark)


def excerpts(actual: Any, expected: Any) -> tuple[str, str]:
    """Format two values; of long ones, what stands around their first difference.

    Args:
        actual: the value.
        expected: its counterpart.

    Returns:
        the two texts.
    """
    yours, theirs = _plain_text(actual), _plain_text(expected)
    texts = _both_texts(yours, theirs)
    if not texts:
        yours, theirs = _numbers(yours, theirs) or (written(yours), written(theirs))
    start, longest = 0, max(len(yours), len(theirs))
    if longest > ROOM and (first := _first_difference(yours, theirs)) < longest:
        start = max(0, min(first - BEFORE, longest - ROOM))
    quoted = (ascii if _look_alike(yours, theirs) else repr) if texts else str
    return _cut(yours, start, quoted), _cut(theirs, start, quoted)


def shortly(x: Any, others: Sequence[Any] = ()) -> str:
    """Format a value in a few characters.

    Args:
        x: the value.
        others: values that it must not be taken for; a long text is shown where it differs from the nearest.

    Returns:
        the text.
    """
    x = _plain_text(x)
    if not isinstance(x, (str, bytes)):
        return _cut(written(x), 0, str)
    start = 0
    if len(x) > ROOM:
        like = [_first_difference(x, other) for other in others if type(other) is type(x)]
        start = max(0, min(max(like, default=0) - BEFORE, len(x) - ROOM))
    return _cut(x, start, repr)


def written(x: Any) -> str:
    """Return a value as one line of text, whole."""
    if isinstance(x, (np.generic, date, timedelta)):
        return str(x)
    try:
        return " ".join(line.strip() for line in repr(x).split("\n"))
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return f"{type(x).__name__} of very large numbers"


def _plain_text(x: Any) -> Any:
    return x.item() if isinstance(x, (np.str_, np.bytes_)) else x


def _numbers(yours: Any, theirs: Any) -> tuple[str, str] | None:
    """Return two numbers with the fewest digits of `DIGITS` that tell them apart; None if they are none."""
    if isinstance(yours, np.timedelta64) or not (isinstance(yours, NUMBERS) and isinstance(theirs, NUMBERS)):
        return None
    for digits in DIGITS:
        shown = [
            written(x) if isinstance(x, (int, np.integer, np.bool_)) else f"{x:.{digits}g}"
            for x in (yours, theirs)
        ]
        if shown[0] != shown[1]:
            break
    return shown[0], shown[1]


def _both_texts(yours: Any, theirs: Any) -> bool:
    return any(isinstance(yours, kind) and isinstance(theirs, kind) for kind in (str, bytes))


def _first_difference(one: Any, other: Any) -> int:
    """Return the index of the first entry in which two sequences differ."""
    pairs = enumerate(zip(one, other))  # noqa: B905  # one may be longer
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: Any, start: int, quoted: Any) -> str:
    """Format what `ROOM` has of a text from `start` on, cut before it is quoted, so no escape is torn."""
    end = start + ROOM
    return f"{DOTS * (start > 0)}{quoted(text[start:end])}{DOTS * (end < len(text))}"


def _look_alike(yours: Any, theirs: Any) -> bool:
    """Return whether two texts that differ are read the same, as two ways to write an accent."""
    if not isinstance(yours, str) or (yours.isascii() and theirs.isascii()):
        return False
    return unicodedata.normalize("NFKC", yours) == unicodedata.normalize("NFKC", theirs)


def _only_difference(yours: Any, theirs: Any) -> str:
    """Return the sentence on what alone differs in two texts, if it is little."""
    newline = "\n" if isinstance(yours, str) else b"\n"
    more = len(yours) - len(theirs)
    if yours.rstrip(newline) == theirs.rstrip(newline):
        if more > 0:
            return (
                "It has a newline more at the end."
                if more == 1
                else f"It has {more} newlines more at the end."
            )
        return (
            "The newline at the end is missing."
            if more == -1
            else f"{-more} newlines at the end are missing."
        )
    if _look_alike(yours, theirs):
        return "The characters look alike, and are others."
    squeezed = [yours[:0].join(text.split()) for text in (yours, theirs)]
    if squeezed[0] == squeezed[1]:
        return "It differs in white space alone."
    if yours.lower() == theirs.lower():
        return "It differs in upper and lower case alone."
    if squeezed[0].lower() == squeezed[1].lower():
        return "It differs in white space and in upper and lower case alone."
    return ""
