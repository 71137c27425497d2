"""What a student can put into a file, made harmless to show."""

from __future__ import annotations

import re

LIMIT = 2_000
"""The characters of one message that are shown."""

_NOT_ASCII = re.compile(r"[^\n\t -~]")
# Letters to Unicode, and yet nothing to see.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Also the full-width signs, which spreadsheets read as the narrow ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def harmless(text: str, limit: int = LIMIT) -> str:
    """Return `text` with all that a reader would not see written as Python escapes: `\\x1b`, `\\u202e`.

    That is control characters (and so every ANSI sequence), marks that turn or hide text, spaces other
    than the plain one, and lone surrogates. Line ends become line feeds; tabs stay. Of a longer text,
    `limit` characters are kept, the last of them an ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # as most are
    text = text[: 2 * limit + 2].replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return _NOT_ASCII.sub(_shown, text)


def one_line(text: str, limit: int = LIMIT) -> str:
    """Return `text` harmless and on one line, each run of white space a single space."""
    return " ".join(harmless(text, limit).split())


def spreadsheet_cell(text: str, limit: int = LIMIT) -> str:
    """Return `text` on one harmless line that no spreadsheet takes for a formula."""
    return no_formula(one_line(text, limit))


def no_formula(text: str) -> str:
    """Return `text` as it is, unless it begins as a formula does: then it gets an apostrophe before it.

    Spreadsheets read the apostrophe as "this is text".
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable() and character not in _BLANK:
        return character
    return character.encode("unicode_escape").decode("ascii")
