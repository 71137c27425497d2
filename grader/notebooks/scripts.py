"""Read a script as the cells of a notebook: exported by Jupyter, in percent format, or plain.

A plain script is one cell. Every cell begins with empty lines, so its line numbers are those of the file.
"""

from __future__ import annotations

import json
import re

from grader.errors import UnreadableError
from grader.models.submission import Cell
from grader.notebooks.reader import MAX_BYTES, MAX_CELLS, MAX_CODE, read_cells

_MARK = re.compile(r"# (?:In\[[0-9 *]{0,9}\]:[ \t]*+|%%.*+)|#%%.*+")
MAX_EMPTY = 4 << 20
"""Empty lines of all cells together; a script that would have more is read as one cell."""

_TEXT = re.compile(r"# ?%%.*\[(?:markdown|md|raw)\].*")


def cells_of(data: bytes, file: str, *, needs_code: bool = True) -> tuple[Cell, ...]:
    """Return the code cells of a submission: a notebook or, by its file name, a script.

    Args:
        data: the bytes of the file.
        file: its name.
        needs_code: see `read_cells`.

    Returns:
        the cells.

    Raises:
        UnreadableError: the bytes are not a notebook or a script with code; the message says why.
    """
    return _script_cells(data) if is_script(data, file) else read_cells(data, needs_code=needs_code)


def is_script(data: bytes, file: str) -> bool:
    """Return whether a file is a script by its name, and not a notebook with a wrong extension.

    Args:
        data: the bytes of the file.
        file: its name.

    Returns:
        True if it is a script.
    """
    return file.lower().endswith(".py") and not data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def as_notebook(data: bytes, file: str) -> bytes:
    """Return a submission as a notebook for display; a script is converted.

    Args:
        data: the bytes of the file.
        file: its name.

    Returns:
        the bytes of a notebook.

    Raises:
        UnreadableError: it is a script without code.
    """
    if not is_script(data, file):
        return data
    cells: list[object] = [
        {"cell_type": "code", "source": cell.source, "metadata": {}, "outputs": [], "execution_count": None}
        for cell in _script_cells(data)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()


def _script_cells(data: bytes) -> tuple[Cell, ...]:
    text = _decoded(data)
    sources = _split(text)
    if not sources:
        raise UnreadableError("it has no code.")
    if len(sources) > MAX_CELLS:
        raise UnreadableError(f"it has {len(sources)} cells; at most {MAX_CELLS} are read.")
    if len(text) > MAX_CODE and sum(len(source.strip("\n")) for source in sources) > MAX_CODE:
        raise UnreadableError(f"its code is larger than {MAX_CODE >> 10} kB.")
    return tuple(Cell(number, source, None, False) for number, source in enumerate(sources, 1))


def _split(text: str) -> list[str]:
    """Return the code of each cell; the whole script if it has no cell marks."""
    cells: list[list[str]] = [[]]
    empty = 0
    is_code = True
    for number, line in enumerate(text.split("\n"), 1):
        if _MARK.fullmatch(line):
            is_code = not _TEXT.fullmatch(line)
            cells.append([""] * number)
            empty += number
            if empty > MAX_EMPTY:
                return [text]
        elif is_code:
            cells[-1].append(line)
    return [source for lines in cells if (source := "\n".join(lines)).strip()]


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES >> 20} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it is not text in UTF-8 (byte {error.start}). Save it in UTF-8, or send the .ipynb."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
