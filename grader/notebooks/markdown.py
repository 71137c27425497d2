"""Render Markdown as inert HTML: no script, style, class or id, and nothing remote.

This runs in a process with limits (`limited_process`): no parser of Markdown is quick on every text.
"""

from __future__ import annotations

import re
from typing import Any

import mistune
import msgspec
import nh3

_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "img": {"alt", "src"}, "*": set()}
_SCHEMES = {"http", "https", "mailto", "data"}
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")
_BLANK = re.compile(r"[\x00-\x20]+")  # what browsers skip before and in the scheme of an address


def prose(data: bytes) -> bytes:
    """Return a JSON list of Markdown texts as a JSON list of their HTML, each with balanced tags."""
    markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "math"])
    for name, sign in (("inline_math", "$"), ("block_math", "$$")):
        markdown.renderer.register(name, _mathematics(sign))  # type: ignore[union-attr]
    cleaner = nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=set(),  # the text of other elements is kept
        attributes=_ATTRIBUTES,
        attribute_filter=_inert_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    texts = msgspec.json.decode(data, type=list[str])
    return msgspec.json.encode([cleaner.clean(str(markdown(text))) for text in texts])


def _mathematics(sign: str) -> Any:
    """Return a renderer that writes a formula as it is in the notebook."""
    return lambda _, text: f"{sign}{mistune.escape(text)}{sign}"


def _inert_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, or None to drop it: a picture is in the page, a link never is."""
    if name == "src":
        inert = value.startswith(_PICTURES)
    else:
        inert = tag != "a" or not _BLANK.sub("", value).lower().startswith("data:")
    return value if inert else None
