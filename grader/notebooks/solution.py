"""Read a solution as a notebook, and make sample submissions of it."""

from __future__ import annotations

import ast
import copy
import functools
import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from grader.notebooks.graded_items import MARKER
from grader.notebooks.magics import python_of
from grader.notebooks.placeholders import without_answers


def read_solution(path: Path) -> Any:
    """Return a solution, percent-format script or notebook, as an nbformat 4 notebook."""
    return copy.deepcopy(_read(path.read_text(encoding="utf-8-sig"), is_script=path.suffix == ".py"))


@functools.lru_cache(maxsize=2)  # a command reads one again and again
def _read(text: str, *, is_script: bool) -> Any:
    return jupytext.reads(text, fmt="py:percent") if is_script else nbformat.reads(text, as_version=4)


Written = tuple[str, str]
"""The kind of a cell, `code` or `markdown`, and its source."""

_HEADER = re.compile(r"\A# ---\n(?:#.*\n)*?# ---\n+")


def script_of(cells: Iterable[Written]) -> str:
    """Return cells as a percent-format script, without a header."""
    texts = [(kind, _with_bodies(source) if kind == "code" else source) for kind, source in cells]
    made = [{"cell_type": kind, "source": source, "metadata": {}} for kind, source in texts]
    notebook = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made})
    text = _HEADER.sub("", jupytext.writes(notebook, fmt="py:percent"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") + "\n"


def _with_bodies(source: str) -> str:
    """Return a cell with `pass` above magics that are all of a block: in a script they are comments."""
    python, lines = python_of(source).split("\n"), source.split("\n")
    magics = {i for i, (one, other) in enumerate(zip(python, lines, strict=False), 1) if one != other}
    try:
        tree = ast.parse("\n".join(python)) if magics else ast.Module([], [])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    blocks = (getattr(one, name, ()) for one in ast.walk(tree) for name in ("body", "orelse", "finalbody"))
    inner = [block for block in blocks if isinstance(block, list) and block and block is not tree.body]
    for at in sorted((b[0].lineno for b in inner if {one.lineno for one in b} <= magics), reverse=True):
        line = lines[at - 1]
        lines.insert(at - 1, f"{line[: len(line) - len(line.lstrip())]}pass")
    return "\n".join(lines)


Places = Sequence[tuple[int, int]]
"""The cell and line of each line of a cell, as `grader.assignments.loader.solution_cells` counts them."""


def places(path: Path, notebook: Any) -> list[Places]:
    """Return the place of each line of each cell of a solution.

    A percent-format script is one cell, and its lines are those of the file.

    Args:
        path: the file of the solution.
        notebook: what `read_solution` returned.

    Returns:
        for each cell, the places of its lines.
    """
    sources = [cell.source.split("\n") for cell in notebook.cells]
    if path.suffix != ".py":
        return [[(number, line) for line in range(1, len(s) + 1)] for number, s in enumerate(sources, 1)]
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    reached = 0  # cells and lines come in the order of the file
    found: list[Places] = []
    for source in sources:
        of_cell = []
        for line in source:
            reached = next((i for i in range(reached, len(lines)) if _same(line, lines[i])), reached - 1) + 1
            of_cell.append((1, reached))
        found.append(of_cell)
    return found


def place_of(path: Path, of_cell: Places, line: int) -> str:
    """Return the file, cell and line of a line of a cell, as messages name them.

    Args:
        path: the file of the solution.
        of_cell: the places of the lines of the cell.
        line: the line in the cell.

    Returns:
        the place; of a script without the cell.
    """
    cell, number = of_cell[min(line, len(of_cell)) - 1]
    return f"{path}, line {number}" if path.suffix == ".py" else f"{path}, cell {cell}, line {number}"


def _same(line: str, written: str) -> bool:
    """Return whether a script has a line of a cell so, where text and magics are comments."""
    return line == written or line == written.removeprefix("#").removeprefix(" ")


def sample(solution: Any, written: Collection[str] | None = None, extra: Sequence[str] = ()) -> bytes:
    """Make a submission of a solution.

    Args:
        solution: the notebook of the solution.
        written: the graded functions that keep their answers; the others stay stubs. All if None.
        extra: the sources of more code cells, which come last and so override what they define again.

    Returns:
        the bytes of the notebook.
    """
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        marker = MARKER.search(cell.source) if cell.cell_type == "code" else None
        if marker and written is not None and marker[1] not in written:
            cell.source = without_answers(cell.source)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in extra]
    return notebook_bytes(notebook)


def notebook_bytes(notebook: Any) -> bytes:
    """Return a notebook as a file. Cell ids depend on position alone, so equal content gives equal bytes.

    Raises:
        nbformat.ValidationError: it is not a valid notebook.
    """
    notebook.nbformat_minor = 5
    for index, cell in enumerate(notebook.cells):
        cell.id = hashlib.sha256(f"cell {index}".encode()).hexdigest()[:8]
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return f"{text}\n".encode()
