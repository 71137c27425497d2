"""Convert formulas in TeX to MathML, which browsers show without a script.

latex2mathml parses them. It neither escapes texts nor refuses links and styles, so its tree is written here,
with listed elements and attributes alone. This runs in the limited process of `markdown`.
"""

from __future__ import annotations

import functools
import html
import re
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

LONGEST = 1000
"""Characters of a formula; a longer one is shown as it is written."""

_ELEMENTS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace",
    "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
_WORD = re.compile(r"[a-zA-Z-]{1,20}( [a-zA-Z-]{1,20}){0,20}")
_LENGTH = re.compile(r"-?[0-2]?(\.\d{1,4})?(em|ex|px|pt)?")
_WORDS = {
    "accent", "columnalign", "columnlines", "displaystyle", "fence", "form", "largeop", "mathvariant",
    "movablelimits", "notation", "rowlines", "separator", "stretchy", "symmetric",
}  # fmt: skip
_LENGTHS = {"linethickness", "lspace", "maxsize", "minsize", "rspace", "scriptlevel", "width"}
_ATTRIBUTES = {**dict.fromkeys(_WORDS, _WORD), **dict.fromkeys(_LENGTHS, _LENGTH)}


@functools.lru_cache(maxsize=1024)
def mathml(tex: str, *, block: bool) -> str:
    """Return a formula as MathML; "" if it cannot be read.

    Args:
        tex: the formula, without its dollar signs.
        block: whether it stands by itself.

    Returns:
        an element, in which all text of the author is escaped.
    """
    if len(tex) > LONGEST:
        return ""
    try:
        root = convert_to_element(tex, display="block" if block else "inline")
        return _written(root, ' display="block"' if block else "")
    except Exception:  # noqa: BLE001  # a parser of a stranger's text raises whatever it makes it
        return ""


def _written(element: Element, more: str = "") -> str:
    """Return an element as HTML.

    Raises:
        ValueError: it has what no formula needs, or a command that nobody knows.
    """
    text = html.unescape(element.text or "")  # symbols are written as character references
    if element.tag not in _ELEMENTS or "\\" in text:
        raise ValueError(element.tag)
    known = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value)
    )
    inside = html.escape(text) + "".join(map(_written, element))
    return f"<{element.tag}{known}{more}>{inside}</{element.tag}>"
