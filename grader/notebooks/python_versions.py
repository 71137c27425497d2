"""Find the Python version that a cell needs, by the syntax that each version added."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator

LARGEST = 64 << 10
"""The longest cell, in characters, that is examined."""

TYPE_ALIAS = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*+(?:\[[^\]\n]*+\][ \t]*+)?=(?!=)", re.MULTILINE)
GENERIC = re.compile(
    r"^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+)\[[^\n(:]*\](?=[ \t]*[(:])", re.MULTILINE
)
BARE_EXCEPT = re.compile(r"^([ \t]*except[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)[ \t]*:", re.MULTILINE)
TEMPLATE = re.compile(r"\b([tT][rR]?|[rR][tT])(?=[\"'])")
F_STRING = re.compile(r"\b(?:[fF][rR]?|[rR][fF])(\"\"\"|'''|\"|')")


def needed_python(source: str) -> tuple[int, int] | None:
    """Return the first Python that parses a cell which this one does not; None if no version does.

    It is certain: with its newer syntax rewritten, the cell parses.
    """
    if len(source) > LARGEST or _parses(source):
        return None
    for version, older in NEWER:
        if sys.version_info >= version:
            continue
        source = older(source)
        if _parses(source):
            return version
    return None


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _as_of_3_11(source: str) -> str:
    source = TYPE_ALIAS.sub(r"\1\2 =", source)
    source = GENERIC.sub(r"\1", source)
    return "".join(_without_f_strings(source))


def _as_of_3_13(source: str) -> str:
    return BARE_EXCEPT.sub(r"\1(\2):", TEMPLATE.sub("f", source))


NEWER: tuple[tuple[tuple[int, int], Callable[[str], str]], ...] = (
    ((3, 12), _as_of_3_11),
    ((3, 14), _as_of_3_13),
)


def _without_f_strings(source: str) -> Iterator[str]:
    """Yield the source with an empty string for each f-string that older versions cannot parse."""
    position = 0
    for start in F_STRING.finditer(source):
        if start.start() < position:
            continue
        inside = _inside(source, start.end(), start[1])
        if inside is None:  # nor can those after it be read
            break
        end, expressions = inside
        text = source[start.start() : end]
        if _parses(f"({text})") or not all(map(_is_expression, expressions)):
            continue
        yield source[position : start.start()]
        yield "''" + "\\\n" * text.count("\n")
        position = end
    yield source[position:]


def _is_expression(text: str) -> bool:
    """Return whether the text in braces is an expression, with or without a conversion and a format."""
    tried = {text, text.rpartition(":")[0], text.rpartition("!")[0]}
    return any(_parses(f"({''.join(_without_f_strings(part))}\n)") for part in tried if part.strip())


def _inside(source: str, position: int, quote: str) -> tuple[int, list[str]] | None:
    """Return the end of an f-string, as Python 3.12 reads it, and the texts in braces."""
    depth, opened = 0, position
    expressions: list[str] = []
    while position < len(source):
        letter = source[position]
        if depth == 0:
            if source.startswith(quote, position):
                return position + len(quote), expressions
            if letter == "\\" or (letter in "{}" and source.startswith(letter * 2, position)):
                position += 2
                continue
            if letter == "}" or (letter == "\n" and len(quote) == 1):
                return None
        elif letter in "\"'":
            position = source.find(letter, position + 1)
            if position < 0:
                return None
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "{" and depth == 1:
            opened = position + 1
        if letter == "}" and depth == 0:
            expressions.append(source[opened:position])
        position += 1
    return None
