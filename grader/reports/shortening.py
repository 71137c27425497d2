"""Shorten texts to the width of a column so that no two of them read the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

DOTS = "…"
SHORTEST = 3
"""The fewest characters of a text at either end, as long as that tells texts apart."""


def told_apart(texts: Sequence[str], width: int) -> list[str]:
    """Return texts that fit a width; those that are too long are cut in the middle, or where they are alike.

    Args:
        texts: the texts.
        width: the width in cells of a terminal.

    Returns:
        one for each text; different ones for different texts, unless there is no room for a number.
    """
    distinct = dict.fromkeys(texts)
    if all(cell_len(text) <= width for text in distinct):
        return [*texts]
    for tail in _tails(width):
        short = {text: _cut(text, width, tail) for text in distinct}
        if len({*short.values()}) == len(short):
            break
    else:
        short = {text: _numbered(text, number, width) for number, text in enumerate(distinct, 1)}
    return [short[text] for text in texts]


def _tails(width: int) -> Iterator[int]:
    """Yield how much of the ends of texts to keep: a half first, then more and more, then less and less."""
    half = (width - 1) // 2
    yield from range(half, width - SHORTEST)
    yield from range(half - 1, SHORTEST - 1, -1)


def _cut(text: str, width: int, tail: int) -> str:
    """Return a text without so much of its middle that it fits."""
    if cell_len(text) <= width:
        return text
    end = _within(text[::-1], tail)[::-1]
    return f"{_within(text, width - 1 - cell_len(end))}{DOTS}{end}"


def _numbered(text: str, number: int, width: int) -> str:
    """Return the beginning of a text with a number at its end, which no other has."""
    return _cut(f"{text}{DOTS}{number}", width, len(str(number))) if cell_len(text) > width else text


def _within(text: str, width: int) -> str:
    """Return the beginning of a text that fits a width."""
    while cell_len(text) > width:
        text = text[:-1]
    return text
