"""A function's source as highlighted and numbered HTML, the failing line marked."""

from __future__ import annotations

import functools
import html
import keyword
import re
from collections.abc import Container, Iterable

from markupsafe import Markup

from grader.reports.sanitize import harmless

LIMIT = 12_000
"""The characters of one function that are shown."""

# Matched against escaped text: `&lt;` holds no quote, no `#` and no keyword. Words are taken whole, and no
# alternative backtracks, so a hostile text takes no longer than another.
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
_KEYWORDS = {word: f'<span class="k">{word}</span>' for word in keyword.kwlist}
_HERE = '<strong class="here"> ◀ fails here</strong>'


def listing(source: str, first_line: int, failing: int | None) -> Markup:
    """Return a `code` element with a `span` for each line of `source`, to stand in a `pre`.

    The style sheet counts the lines, from `first_line`, in the counter `line`. `failing` is the number of
    the line to mark, if any. In a line are spans of the classes `k` keyword, `s` string, `c` comment,
    `m` number, `nf` name of a function or class.
    """
    return _numbered(
        first_line,
        (
            f'<span class="fails">{line}{_HERE}\n</span>' if number == failing else f"<span>{line}\n</span>"
            for number, line in enumerate(_highlighted(source), first_line)
        ),
    )


def marked_listing(source: str, first_line: int, marked: Container[int]) -> Markup:
    """Return such an element with the lines whose numbers are in `marked` of the class `same`."""
    return _numbered(
        first_line,
        (
            f'<span class="same">{line}\n</span>' if number in marked else f"<span>{line}\n</span>"
            for number, line in enumerate(_highlighted(source), first_line)
        ),
    )


def _numbered(first_line: int, lines: Iterable[str]) -> Markup:
    counted = f'<code style="counter-reset: line {first_line - 1}">{"".join(lines)}</code>'
    return Markup(counted)  # noqa: S704 - every piece of the source is escaped


@functools.lru_cache(maxsize=512)
def _highlighted(source: str) -> list[str]:
    escaped = html.escape(harmless(source, LIMIT).rstrip(), quote=False)
    return _TOKEN.sub(_marked, escaped).split("\n")


def _marked(token: re.Match[str]) -> str:
    """A token in its element; one of several lines is closed and opened again at each line's end."""
    kind = token.lastgroup
    if kind == "word":
        return _KEYWORDS.get(token[0], token[0])
    if kind == "nf":
        return f'{_KEYWORDS[token["k"]]}{token["space"]}<span class="nf">{token["nf"]}</span>'
    opening = f'<span class="{kind}">'
    return opening + token[0].replace("\n", f"</span>\n{opening}") + "</span>"
