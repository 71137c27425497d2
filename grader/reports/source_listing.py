"""Format a function's source as highlighted and numbered HTML, with the failing line marked."""

from __future__ import annotations

import functools
import html
import keyword
import re
from collections.abc import Container, Iterable

from markupsafe import Markup, escape

from grader.reports.sanitize import harmless

LIMIT = 12_000
"""The number of characters shown of one function."""

# One expression and not Pygments, whose lexer takes many times as long.
# It matches escaped text: `&lt;` holds no quote, no `#` and no keyword. Words are taken whole, and no
# alternative backtracks.
_TOKEN = re.compile(
    r"""
      (?P<s> [rbfuRBFU]{0,2} (?: \"{3} (?:[^"]++|"(?!""))*+ (?:\"{3})? | '{3} (?:[^']++|'(?!''))*+ (?:'{3})?
                               | "(?:[^"\\\n]++|\\.)*+"? | '(?:[^'\\\n]++|\\.)*+'? ))
    | (?P<c> \#[^\n]* )
    | (?P<k> def|class ) (?P<space> [ ]+ ) (?P<nf> \w+ )
    | (?P<word> [^\W\d]\w* )
    | (?P<m> \d[\w.]*+ (?:(?<=[eE])[+-]\d+)? )
    """,
    re.VERBOSE,
)
_DOCSTRING = re.compile(r'(?m)(?<=:\n)([ \t]+"""[^"\n]*+\n?[^"\n]*+)[^"]*+(""")')
_KEYWORDS = {word: f'<span class="k">{word}</span>' for word in keyword.kwlist}
_FAILS, _MEND = (f'<strong class="here"> ◀ {words}</strong>' for words in ("fails here", "look here"))


def listing(source: str, first_line: int, failing: int | None, mend: Container[int] = ()) -> Markup:
    """Return a `code` element with a `span` for each line of `source`, for use in a `pre`.

    The style sheet numbers the lines by the CSS counter `line`. Tokens are spans of the classes `k` keyword,
    `s` string, `c` comment, `m` number, `nf` name of a function or class.

    Args:
        source: the source of a function.
        first_line: the number of its first line.
        failing: the number of the line that raised, if any.
        mend: the numbers of the lines to mend, if they are known.

    Returns:
        the element.
    """
    lines = []
    for number, line in enumerate(_highlighted(source), first_line):
        mark = _FAILS if number == failing else _MEND if number in mend else ""
        lines.append(f'<span class="fails">{line}{mark}\n</span>' if mark else f"<span>{line}\n</span>")
    return _numbered(first_line, lines)


def plain_listing(source: str) -> Markup:
    """Return source as text without numbers and highlighting, of its docstring the first line, to be short.

    Args:
        source: the source of a function.

    Returns:
        the escaped text.
    """
    return escape(harmless(_DOCSTRING.sub(r"\1 …\2", source, count=1), LIMIT).rstrip())


def marked_listing(source: str, first_line: int, marked: Container[int]) -> Markup:
    """Return a `code` element like `listing`, with the matching lines in the class `same`.

    Args:
        source: the source of a function.
        first_line: the number of its first line.
        marked: the numbers of the lines to mark.

    Returns:
        the element.
    """
    return _numbered(
        first_line,
        (
            f'<span class="same">{line}\n</span>' if number in marked else f"<span>{line}\n</span>"
            for number, line in enumerate(_highlighted(source), first_line)
        ),
    )


def _numbered(first_line: int, lines: Iterable[str]) -> Markup:
    counted = f'<code style="counter-reset: line {first_line - 1}">{"".join(lines)}</code>'
    return Markup(counted)  # noqa: S704  # the source is escaped


@functools.lru_cache(maxsize=512)
def _highlighted(source: str) -> list[str]:
    escaped = html.escape(harmless(source, LIMIT).rstrip(), quote=False)
    return _TOKEN.sub(_marked, escaped).split("\n")


def _marked(token: re.Match[str]) -> str:
    """Wrap a token in its span, which is closed at each line's end and opened again."""
    kind = token.lastgroup
    if kind == "word":
        return _KEYWORDS.get(token[0], token[0])
    if kind == "nf":
        return f'{_KEYWORDS[token["k"]]}{token["space"]}<span class="nf">{token["nf"]}</span>'
    opening = f'<span class="{kind}">'
    return opening + token[0].replace("\n", f"</span>\n{opening}") + "</span>"
