"""Puts a placeholder where an answer stood."""

from __future__ import annotations

import re

from grader.notebook.blanks import END, START


def without_answers(source: str) -> str:
    """The source of a cell with a placeholder that raises NotImplementedError between its markers."""
    kept: list[str] = []
    function, inside = "", False
    for line in source.split("\n"):
        if definition := re.match(r"\s*def\s+(\w+)", line):
            function = definition[1]
        if END.search(line):
            inside = False
        if not inside:
            kept.append(line)
        if START.search(line):
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            kept.append(f'{indent}raise NotImplementedError("{function} is not written yet")')
    return "\n".join(kept)
