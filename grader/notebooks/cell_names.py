"""Name the cells of a notebook so that its author finds them: by what was run, or by heading and order."""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from grader.errors import UnreadableError
from grader.notebooks.reader import joined, read_notebook
from grader.notebooks.scripts import is_script

LONGEST = 60
"""Characters shown of a heading."""
LARGEST = 50_000
"""Bytes of a text up to which it is read; pictures make larger ones."""

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]++(.+)$", re.MULTILINE)
_TAG = re.compile(r"<[^<>\n]{0,200}>")
_EXERCISE = re.compile(r"\bexercise[ \t]{0,3}[-:.#]?[ \t]{0,3}(\d{1,3}(?:\.\d{1,3})?[a-z]?)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b([Cc])ell (\d{1,5})\b")
_SEVERAL = re.compile(r"\bcells ((?:\d{1,5}, )+\d{1,5})\b")


class _Cell(msgspec.Struct):
    """A cell of nbformat 4, with its source still encoded."""

    cell_type: str = ""
    source: msgspec.Raw = msgspec.Raw(b"null")
    execution_count: int | None = None


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


_DECODER = msgspec.json.Decoder(_Notebook)


class CellNames:
    """What to call the cells of one notebook.

    A cell that was run is called as Jupyter labels it, `In [18]`. One that was not, or whose label another
    one has too, is called by its order: `the 7th code cell`. Lines of a script are those of the file, so its
    cells are all called by the file's name.

    Args:
        data: the bytes of the submission.
        file: the name of its file.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._script = file if is_script(data, file) else ""
        self._cells = [] if self._script else _cells(data)
        self._counts = Counter(cell.execution_count for cell in self._cells if cell.cell_type == "code")
        self._orders = [*itertools.accumulate(int(cell.cell_type == "code") for cell in self._cells)]

    def name(self, number: int) -> str:
        """Return what the cell of a number from 1 is called; "" if there is none."""
        cell = self._cells[number - 1] if 0 < number <= len(self._cells) else None
        if cell is None:
            return self._script
        count = cell.execution_count
        if cell.cell_type != "code":
            return f"the {_ordinal(number)} cell"
        if count is not None and self._counts[count] == 1:
            return f"In [{count}]"
        return f"the {_ordinal(self._orders[number - 1])} code cell"

    def place(self, number: int) -> str:
        """Return what a cell is called, after its exercise; else after the heading above, if not run."""
        name, heading = self.name(number), self._heading_above(number)
        exercise = _EXERCISE.search(heading)
        if exercise:
            return f"Exercise {exercise[1]}, {name}"
        return f"“{heading}”, {name}" if heading and name and not name.startswith("In ") else name

    def named(self, text: str) -> str:
        """Return a text of ours with the names of cells in place of their numbers."""
        if "ell" not in text:
            return text
        text = _SEVERAL.sub(self._several, text)
        return _NUMBERED.sub(self._spelled, text)

    def _spelled(self, match: re.Match[str]) -> str:
        name = self.name(int(match[2])) or match[0]
        return f"T{name[1:]}" if match[1] == "C" and name.startswith("the ") else name

    def _several(self, match: re.Match[str]) -> str:
        return ", ".join(self.name(int(number)) or f"cell {number}" for number in match[1].split(", "))

    def _heading_above(self, number: int) -> str:
        for cell in reversed(self._cells[: max(0, number - 1)]):
            spelled = bytes(cell.source) if cell.cell_type == "markdown" else b""
            if len(spelled) <= LARGEST and (heading := _last_heading(spelled)):
                return heading
        return ""


def _cells(data: bytes) -> list[_Cell]:
    """Return the cells of a notebook; those of an unusual one are decoded and encoded again."""
    try:
        return _DECODER.decode(data.removeprefix(b"\xef\xbb\xbf")).cells
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return [_unusual(cell) for cell in read_notebook(data)["cells"]]
    except UnreadableError:
        return []


def _unusual(cell: Mapping[str, Any]) -> _Cell:
    kind, count = cell.get("cell_type"), cell.get("execution_count")
    source = msgspec.json.encode((joined(cell.get("source")) or "").encode("utf-8", "replace").decode())
    return _Cell(str(kind), msgspec.Raw(source), count if type(count) is int else None)


@functools.lru_cache(maxsize=512)  # most of a class have the same texts
def _last_heading(spelled: bytes) -> str:
    """Return the last heading in the encoded text of a cell, as plain text."""
    try:
        text = joined(msgspec.json.decode(spelled)) or ""
    except (msgspec.DecodeError, RecursionError):
        return ""
    return next(filter(None, map(_plain, _headings(text))), "")


def _headings(text: str) -> Iterator[str]:
    yield from reversed(_HEADING.findall(text))


def _plain(heading: str) -> str:
    words = html.unescape(_TAG.sub("", heading[:1000])).replace("*", "").replace("`", "").strip("# \t\r")
    text = " ".join(words.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _ordinal(number: int) -> str:
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
