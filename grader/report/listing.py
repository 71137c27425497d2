"""A function's source as lines of highlighted HTML, the failing one marked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from grader.report.text import harmless

LIMIT = 12_000
"""The characters of one function that are shown."""

_LEXER = PythonLexer(stripnl=False)
_FORMATTER = HtmlFormatter(nowrap=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of source: its number in the cell, its HTML, and whether it is the one that failed."""

    number: int
    html: Markup
    fails: bool


def listing(source: str, first_line: int, failing: int | None) -> tuple[Line, ...]:
    """Return the lines of `source`, numbered from `first_line`, with Pygments' short CSS classes.

    `failing` is the number of the line to mark, if any.
    """
    highlighted: str = highlight(harmless(source, LIMIT).rstrip(), _LEXER, _FORMATTER)
    return tuple(
        Line(number, Markup(html), number == failing)  # noqa: S704 - Pygments has escaped it
        for number, html in enumerate(highlighted.splitlines(), first_line)
    )
