"""A function's source as lines of highlighted HTML, the failing one marked."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Keyword, Name, Number, String, Text

from grader.report.text import harmless

LIMIT = 12_000
"""The characters of one function that are shown."""

_PREFIX = r"[rbfuRBFU]{0,2}"
_KEYWORD = rf"(?:{'|'.join(keyword.kwlist)})\b"


class _Python(RegexLexer):  # type: ignore[misc]  # Pygments publishes no types
    """Python in few tokens, whatever stands between them.

    Pygments' own lexer takes several milliseconds a function, too long for a class, and marks more
    than a page needs. No rule here backtracks, so a hostile text takes no longer than another.
    """

    tokens: ClassVar = {
        "root": [
            (rf"(?:[^\w\"'#]++|(?!{_KEYWORD})[^\W\d]\w*+(?![\"']))+", Text),
            (rf"{_PREFIX}(\"\"\"|''')[\s\S]*?(?:\1|\Z)", String),
            (rf"{_PREFIX}(?:\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?)", String),
            (r"#[^\n]*", Comment),
            (r"(def|class)(\s+)(\w+)", bygroups(Keyword, Text, Name.Function)),
            (_KEYWORD, Keyword),
            (r"\d[\w.]*+(?:(?<=[eE])[+-]\d+)?", Number),
            (r"\w+", Text),
        ]
    }


_LEXER = _Python(stripnl=False)
_FORMATTER = HtmlFormatter(nowrap=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of source: its number in the cell, its HTML, and whether it is the one that failed."""

    number: int
    html: Markup
    fails: bool


def listing(source: str, first_line: int, failing: int | None) -> tuple[Line, ...]:
    """Return the lines of `source`, numbered from `first_line`, as HTML with Pygments' short classes.

    The classes are `k` keyword, `s` string, `c` comment, `m` number, `nf` name of a function. `failing`
    is the number of the line to mark, if any.
    """
    shown = harmless(source, LIMIT).rstrip()
    highlighted: str = highlight(shown, _LEXER, _FORMATTER)
    return tuple(
        Line(number, Markup(html), number == failing)  # noqa: S704 - Pygments has escaped it
        for number, html in enumerate(highlighted.rstrip("\n").split("\n"), first_line)
    )
