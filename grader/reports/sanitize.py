"""Sanitize students' text for display."""

from __future__ import annotations

import re

LIMIT = 2_000
"""The number of characters shown of one message."""

_NOT_ASCII = re.compile(r"[^\n\t -~]")
# Letters by Unicode's categories that are invisible.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Full-width signs too, which spreadsheets read like the narrow ones.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def harmless(text: str, limit: int = LIMIT) -> str:
    """Return `text` with invisible characters written as Python escapes: `\\x1b`, `\\u202e`.

    These are control characters (and so every ANSI sequence), marks that turn or hide text, spaces other than
    the plain one, and lone surrogates. Line ends become line feeds; tabs are kept.

    Args:
        text: any text.
        limit: the characters that are kept, the last of a cut text an ellipsis.

    Returns:
        the sanitized text.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # the usual case
    text = text[: 2 * limit + 2].replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return _NOT_ASCII.sub(_shown, text)


def one_line(text: str, limit: int = LIMIT) -> str:
    """Return `text` sanitized and on one line, with white space collapsed.

    Args:
        text: any text.
        limit: the characters that are kept.

    Returns:
        the line.
    """
    return " ".join(harmless(text, limit).split())


def spreadsheet_cell(text: str, limit: int = LIMIT) -> str:
    """Return `text` sanitized, on one line, and never read as a formula.

    Args:
        text: any text.
        limit: the characters that are kept.

    Returns:
        the line.
    """
    return no_formula(one_line(text, limit))


def no_formula(text: str) -> str:
    """Return `text`, prefixed with an apostrophe if a spreadsheet would read it as a formula.

    Spreadsheets read the apostrophe as a mark of text.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable() and character not in _BLANK:
        return character
    return character.encode("unicode_escape").decode("ascii")
