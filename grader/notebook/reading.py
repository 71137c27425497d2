"""Reads the bytes of a notebook as its code cells. The only place that trusts no byte of a student's file."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import nbformat

from grader.errors import UnreadableError
from grader.model import Cell

MAX_BYTES = 20 << 20
MAX_CELLS = 2_000
MAX_CODE = 256 << 10


def read_cells(data: bytes) -> tuple[Cell, ...]:
    """The code cells of a notebook of any nbformat, in order.

    No schema is asked for: what outputs claim, which fields there are and which ids repeat does not matter.

    Raises:
        UnreadableError: the bytes are not a notebook with code in it; the text says what they are instead.
    """
    cells = _parsed(_text(data)).get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("it is JSON, but not a notebook.")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"it has {len(cells)} cells; at most {MAX_CELLS} are read.")
    code = tuple(_cell(i, cell) for i, cell in enumerate(cells, 1) if cell.get("cell_type") == "code")
    if not any(cell.source.strip() for cell in code):
        raise UnreadableError("it has no code cells.")
    if sum(len(cell.source) for cell in code) > MAX_CODE:
        raise UnreadableError(f"its code is larger than {MAX_CODE >> 10} kB.")
    return code


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES >> 20} MB. Clear its outputs and save it again.")
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not text in UTF-8 (byte {error.start}).") from None
    if not text:
        raise UnreadableError("it is empty.")
    if text[:200].lower().startswith(("<!doctype html", "<html")):
        raise UnreadableError(
            f"it is a web page, not a notebook (it begins with {text.split('>')[0][:40]}>). "
            "Download the notebook itself: File > Download > .ipynb."
        )
    return text


def _parsed(text: str) -> Any:
    """The notebook as nbformat 4, the lines of each cell joined."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's missing or repeated cell ids harm nothing here
            return nbformat.convert(nbformat.reader.reads(text), 4)
    except nbformat.reader.NotJSONError as error:
        raise UnreadableError(f"it is not a notebook: it is not JSON ({error.__cause__}).") from None
    except RecursionError:
        raise UnreadableError("it is nested too deeply to be a notebook.") from None
    except Exception as error:  # noqa: BLE001  # converters raise whatever a broken file makes them
        raise UnreadableError(f"it is JSON, but not a notebook ({type(error).__name__}).") from None


def _cell(number: int, cell: Mapping[str, Any]) -> Cell:
    source = cell.get("source")
    if not isinstance(source, str):
        raise UnreadableError(f"its cell {number} has no source text.")
    nbgrader = _mapping(_mapping(cell.get("metadata")).get("nbgrader"))
    grade_id = nbgrader.get("grade_id")
    locked = nbgrader.get("locked") is True and nbgrader.get("solution") is not True
    return Cell(number, _plain(source), grade_id if isinstance(grade_id, str) else None, locked)


def _plain(source: str) -> str:
    """Source with the line ends of Python, and without what no UTF-8 file can hold."""
    text = source.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
