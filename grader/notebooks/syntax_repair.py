"""Repair one slip in a cell that does not parse, to show its author what the slip costs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.notebooks.magics import python_of

CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell that parses, and the one edit that repaired it."""

    source: str
    advice: str


def mended(source: str) -> Mended | None:
    """Return the cell with one slip repaired (a bracket, a colon, an indent); None if that is not enough."""
    source = python_of(source)
    try:
        ast.parse(source)
    except SyntaxError as error:
        lines = source.split("\n")
        line = min(max(error.lineno or 1, 1), len(lines))
        return next((m for m in _attempts(lines, line, error.msg) if _parses(m.source)), None)
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _attempts(lines: list[str], line: int, reason: str) -> Iterator[Mended]:
    if never_closed := re.match(r"'(.)' was never closed", reason):
        bracket = CLOSING[never_closed[1]]
        yield _edit(
            lines, line, lambda text: _before_comment(text, bracket), f"Close the bracket with `{bracket}`"
        )
    if "expected ':'" in reason:
        yield _edit(lines, line, lambda text: _before_comment(text, ":"), "End the line with `:`")
    if "indent" in reason:
        for neighbour in (line - 1, line + 1):
            if 1 <= neighbour <= len(lines):
                yield from _indents(lines, line, _indent(lines[neighbour - 1]))
    if unmatched := re.match(r"unmatched '(.)'", reason):
        bracket = unmatched[1]
        yield _edit(
            lines, line, lambda text: "".join(text.rsplit(bracket, 1)), f"Remove the extra `{bracket}`"
        )


def _indents(lines: list[str], line: int, indent: str) -> Iterator[Mended]:
    for wanted in (indent, indent + "    "):
        yield _edit(lines, line, lambda text, to=wanted: to + text.lstrip(), "Correct the indent")  # type: ignore[misc]


def _edit(lines: list[str], line: int, change: Callable[[str], str], advice: str) -> Mended:
    source = "\n".join([*lines[: line - 1], change(lines[line - 1]), *lines[line:]])
    return Mended(source, f"{advice} on line {line}")


def _before_comment(text: str, addition: str) -> str:
    code, mark, comment = text.partition("#")
    return code.rstrip() + addition + ("  " + mark + comment if mark else "")


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
