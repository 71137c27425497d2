"""Reads a solution as a notebook, and makes sample submissions of it."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from grader.notebook.extraction import MARKER
from grader.notebook.placeholders import without_answers


def read_solution(path: Path) -> Any:
    """A solution, percent-format script or notebook, as an nbformat 4 notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return jupytext.reads(text, fmt="py:percent")
    return nbformat.reads(text, as_version=4)


def sample(solution: Any, written: Collection[str] | None = None, extra: Sequence[str] = ()) -> bytes:
    """A submission made of a solution.

    Args:
        solution: the notebook of the solution.
        written: the graded functions that keep their answers; the others stay stubs. All when None.
        extra: the sources of more code cells, which come last and so override what they define again.
    """
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        marker = MARKER.search(cell.source) if cell.cell_type == "code" else None
        if marker and written is not None and marker[1] not in written:
            cell.source = without_answers(cell.source)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in extra]
    return notebook_bytes(notebook)


def notebook_bytes(notebook: Any) -> bytes:
    """A notebook as a file. The id of a cell depends on its place alone: the same content, the same bytes.

    Raises:
        nbformat.ValidationError: it is not a valid notebook.
    """
    notebook.nbformat_minor = 5
    for index, cell in enumerate(notebook.cells):
        cell.id = hashlib.sha256(f"cell {index}".encode()).hexdigest()[:8]
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return f"{text}\n".encode()
