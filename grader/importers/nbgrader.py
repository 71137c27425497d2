"""Read nbgrader source notebooks and course folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.importers.beside import files_beside, identifier
from grader.importers.notebook_files import notebooks_below, read_each
from grader.importers.source import Piece, Read, Role, SourceCell, SourceNotebook
from grader.models.submission import Cell
from grader.notebooks.reader import joined, plain
from grader.notebooks.statements import Broken, parse_cell

HIDDEN = re.compile(r"^[ \t]*#+[ \t]*(BEGIN|END)[ \t]+HIDDEN[ \t]+TESTS?\b.*$", re.MULTILINE)
SOLUTION = re.compile(r"^([ \t]*)#[^\n]*?(BEGIN|END) SOLUTION[^\n]*$", re.MULTILINE)
"""A marker as nbgrader reads it: whatever else the line says."""
AUTOTEST = re.compile(r"^([ \t]*)###[ \t]*(?:HASHED[ \t]+)?AUTOTEST[ \t]+(.+)$", re.MULTILINE)


def recognises(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook has cells that nbgrader grades."""
    return any(
        _grading(cell).get("grade") or _grading(cell).get("solution") for cell in notebook.get("cells", ())
    )


def read(path: Path) -> Iterator[Read]:
    """Read the source notebooks of a course folder, or one notebook.

    Args:
        path: the folder or the file.

    Returns:
        an iterator of notebooks, or of what is wrong with each.
    """

    def read_one(file: Path, notebook: Mapping[str, Any]) -> Read | None:
        return notebook_of(file, notebook, path) if recognises(notebook) else None

    return read_each(notebooks_below(path / "source" if (path / "source").is_dir() else path), read_one)


def notebook_of(file: Path, notebook: Mapping[str, Any], root: Path) -> SourceNotebook:
    """Return a notebook as a source.

    Args:
        file: its path.
        notebook: what is in it.
        root: the folder that was named, if it was one.

    Returns:
        the source.
    """
    cells = tuple(_cell(number, cell) for number, cell in enumerate(notebook["cells"], 1))
    given = [cell for cell in cells if cell.role is not Role.TEST]
    beside = files_beside(file, given, [cell.source for cell in cells if cell.role is Role.TEST])
    return SourceNotebook(
        name=_name(file, root),
        path=str(file),
        cells=cells,
        notebook=file.name,
        modules=beside.modules,
        helpers=beside.helpers,
        data=beside.data,
        listed=beside.listed,
    )


def _name(file: Path, root: Path) -> str:
    """Return the name of the assignment: of a notebook in a folder of its own, with that of the folder."""
    within = file.relative_to(root).parts[:-1] if root.is_dir() else ()
    parts = [part for part in within if part != "source"]
    return identifier("_".join([*parts[-1:], file.stem]))


def _grading(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return nbgrader if isinstance(nbgrader, dict) else {}


def _cell(number: int, cell: Mapping[str, Any]) -> SourceCell:
    source = SOLUTION.sub(r"\1### \2 SOLUTION", plain(joined(cell.get("source")) or ""))
    grading, code = _grading(cell), cell.get("cell_type") == "code"
    role = _role(grading, code=code)
    points = grading.get("points")
    return SourceCell(
        number=number,
        role=role,
        source=source,
        grade_id=str(grading.get("grade_id") or ""),
        points=float(points) if isinstance(points, int | float) else 0.0,
        pieces=pieces(source) if role is Role.TEST else (),
    )


def _role(grading: Mapping[str, Any], *, code: bool) -> Role:
    graded, solution = bool(grading.get("grade")), bool(grading.get("solution"))
    if grading.get("task") and not code:
        return Role.QUESTION
    if graded and solution:
        return Role.MANUAL if code else Role.QUESTION
    if graded and code:
        return Role.TEST
    if solution and code:
        return Role.SOLUTION
    return Role.CODE if code else Role.TEXT


def pieces(source: str) -> tuple[Piece, ...]:
    """Return the visible and the hidden parts of a test cell, with its AUTOTEST lines as expressions."""
    found: list[Piece] = []
    at, hidden = 0, False
    for mark in HIDDEN.finditer(source):
        found.append(Piece(source[at : mark.start()], hidden))
        at, hidden = mark.end(), mark[1] == "BEGIN"
    found.append(Piece(source[at:], hidden))
    kept = tuple(Piece(AUTOTEST.sub(_expressions, one.source), one.hidden) for one in found)
    kept = tuple(one for one in kept if one.source.strip())
    if any(isinstance(parse_cell(Cell(1, one.source)), Broken) for one in kept):  # a mark inside a block
        return (Piece(AUTOTEST.sub(_expressions, HIDDEN.sub("", source)), any(one.hidden for one in kept)),)
    return kept


def _expressions(mark: re.Match[str]) -> str:
    return "\n".join(f"{mark[1]}{one.strip()}" for one in mark[2].split(";") if one.strip())
