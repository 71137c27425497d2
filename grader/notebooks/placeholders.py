"""Replace answers by placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.notebooks.markers import END, START, Region, regions

PLACEHOLDER = re.compile(r'raise NotImplementedError\("\w+ is not written yet"\)')
OUTSIDE = "...  # Write your code here."
IN_TEXT = "*Write your answer here.*"


def without_answers(source: str, *, code: bool = True) -> str:
    """Return the source of a cell or module with placeholders for its answers, and without hidden tests.

    In a function a placeholder raises NotImplementedError. nbgrader's markers are replaced by those of this
    course.

    Args:
        source: its text.
        code: whether it is Python.

    Returns:
        the source for students.
    """
    lines = source.split("\n")
    found, _ = regions(source, code=code)
    kept: list[str] = []
    place = _Place()
    position = 1
    for region in found:
        before = lines[position - 1 : region.start - 1]
        place = place.after(before)
        kept += before
        if not region.hidden:
            kept += _emptied(lines, region, place) if code else [IN_TEXT]
        position = region.end + 1
    return "\n".join(kept + lines[position - 1 :])


def _emptied(lines: list[str], region: Region, place: _Place) -> list[str]:
    first = lines[region.start - 1]
    last = lines[region.end - 1 : region.end]
    answer = next((line for line in lines[region.start : region.end - 1] if line.strip()), "")
    indent = max(_indent(first), _indent(answer), key=len)  # of a marker at the margin, it may be less
    function = place.function if len(indent) > place.indent else ""
    placeholder = f'raise NotImplementedError("{function} is not written yet")' if function else OUTSIDE
    return [_ours(first, START), indent + placeholder, *(_ours(line, END) for line in last)]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _ours(line: str, marker: str) -> str:
    """Return a line with nbgrader's marker replaced by ours."""
    if re.search(r"\bSOLUTION\b", line, re.IGNORECASE):
        return line[: len(line) - len(line.lstrip())] + marker
    return line


@dataclass(frozen=True, slots=True)
class _Place:
    """The function whose body comes next, and the indentation of its `def`."""

    function: str = ""
    indent: int = 0

    def after(self, lines: list[str]) -> _Place:
        """Return the place after some more lines."""
        place = self
        for line in lines:
            text = line.lstrip()
            indent = len(line) - len(text)
            if definition := re.match(r"(?:async\s+)?def\s+(\w+)", text):
                place = _Place(definition[1], indent)
            elif text and not text.startswith(("#", ")")) and indent < place.indent:
                place = _Place()
        return place
