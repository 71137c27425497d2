"""Render Markdown as inert HTML: no script, style, class or id, and nothing remote.

This runs in a process with limits (`limited_process`): no parser of Markdown is quick on every text.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

import mistune
import msgspec
import nh3

from grader.notebooks.formulas import mathml

_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "img": {"alt", "src"}, "*": set()}
_SCHEMES = {"http", "https", "mailto", "data"}
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")
_HEADING = re.compile(r"<(/?)h[1-6]>")  # all of one level: the page has its own title above them
_NO_PICTURE = re.compile(r'<img(?: alt="([^"]*)")?>')
_NO_WORDS = re.compile(r'<img src="([^"]*)">')
MOST = 50_000
"""Characters of the formulas of a notebook that are shown in MathML."""

_BLANK = re.compile(r"[\x00-\x20]+")  # what browsers skip before and in the scheme of an address


def prose(data: bytes) -> bytes:
    """Return a JSON list of Markdown texts as a JSON list of their HTML, each with balanced tags."""
    formulas = _Formulas()
    markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "math"])
    for name, sign in (("inline_math", "$"), ("block_math", "$$")):
        markdown.renderer.register(name, formulas.renderer(sign))  # type: ignore[union-attr]
    cleaner = nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=set(),  # the text of other elements is kept
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _inert_attribute(tag, name, formulas.as_written(value)),
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    texts = msgspec.json.decode(data, type=list[str])
    cleaned = (_accessible(cleaner.clean(str(markdown(text)))) for text in texts)
    return msgspec.json.encode([*map(formulas.shown, cleaned)])


def _accessible(page: str) -> str:
    """Return clean HTML with headings of one level, and words in place of pictures that are not there."""
    page = _HEADING.sub(r"<\1h2>", page)
    page = _NO_PICTURE.sub(lambda match: f"(picture: {match[1]})" if match[1] else "(picture)", page)
    return _NO_WORDS.sub(r'<img src="\1" alt="">', page)


class _Formulas:
    """Keeps formulas out of the HTML while it is cleaned, which knows no MathML.

    In their place stand words that nobody can guess. In an attribute a formula stays as it was written.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_hex(16)
        self._word = re.compile(f"{self._secret}x([0-9]+)x")
        self._found: list[tuple[str, str]] = []
        self._left = MOST

    def renderer(self, sign: str) -> Callable[[Any, str], str]:
        """Return the renderer of formulas between two equal signs."""

        def render(_renderer: Any, tex: str) -> str:
            self._found.append((sign, tex))
            return f"{self._secret}x{len(self._found) - 1}x"

        return render

    def as_written(self, value: str) -> str:
        """Return the value of an attribute with its formulas as they were written."""
        return self._word.sub(self._tex, value)

    def shown(self, page: str) -> str:
        """Return clean HTML with its formulas in MathML, or as they were written if that cannot be."""
        return self._word.sub(self._mathml, page)

    def _tex(self, match: re.Match[str]) -> str:
        sign, tex = self._found[int(match[1])]
        return f"{sign}{tex}{sign}"

    def _mathml(self, match: re.Match[str]) -> str:
        sign, tex = self._found[int(match[1])]
        self._left -= len(tex)
        made = mathml(tex, block=sign == "$$") if self._left >= 0 else ""
        return made or mistune.escape(self._tex(match))


def _inert_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, or None to drop it: a picture is in the page, a link never is."""
    if name == "src":
        inert = value.startswith(_PICTURES)
    else:
        inert = tag != "a" or not _BLANK.sub("", value).lower().startswith("data:")
    return value if inert else None
