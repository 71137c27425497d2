"""Markdown as HTML of which nothing works or looks like ours: no script, style, class or id, nothing remote.

This runs in a process with limits (`limited_process`): no parser of Markdown is quick on every text.
"""

from __future__ import annotations

from typing import Any

import bleach
import mistune
import msgspec

_TAGS = frozenset(
    {
        "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
        "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre",
        "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_PROTOCOLS = frozenset({"http", "https", "mailto", "data"})
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")


def prose(data: bytes) -> bytes:
    """The HTML of each text of a JSON list, as another one. Each opens all that it closes."""
    markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "math"])
    for name, sign in (("inline_math", "$"), ("block_math", "$$")):
        markdown.renderer.register(name, _mathematics(sign))  # type: ignore[union-attr]
    texts = msgspec.json.decode(data, type=list[str])
    return msgspec.json.encode([_cleaned(str(markdown(text))) for text in texts])


def _mathematics(sign: str) -> Any:
    """What writes a formula as it stands in the notebook."""
    return lambda _, text: f"{sign}{mistune.escape(text)}{sign}"


def _cleaned(html: str) -> str:
    return str(bleach.clean(html, tags=_TAGS, attributes=_is_harmless, protocols=_PROTOCOLS, strip=True))


def _is_harmless(tag: str, name: str, value: str) -> bool:
    """Whether an element may keep an attribute: where a link leads, and a picture in the page."""
    if tag == "img":
        return name == "alt" or (name == "src" and value.startswith(_PICTURES))
    return tag == "a" and name == "href" and not value.startswith("data:")
