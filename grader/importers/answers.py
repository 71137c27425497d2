"""Find which names students set in a cell, and which a test reads."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

from grader.importers.source import SourceCell
from grader.models.submission import Cell
from grader.notebooks.markers import regions
from grader.notebooks.statements import Piece, bound_names, changed, parse_cell


class Set(NamedTuple):
    """The names that a cell sets, and those that it may change in place."""

    sets: tuple[str, ...]
    changes: tuple[str, ...]


def set_in(cell: SourceCell) -> Set:
    """Return what students set in a cell: in its marked regions, or in the whole of it."""
    statements = _answers(cell)
    nodes = [ast.parse(piece.statement.source) for piece in statements]
    sets = dict.fromkeys(name for node in nodes for one in node.body for name in bound_names(one))
    changes = dict.fromkeys(name for node in nodes for one in node.body for name in _touched(one))
    return Set(tuple(sets), tuple(name for name in changes if name not in sets))


def bound_in(cell: SourceCell) -> frozenset[str]:
    """Return all names that a cell sets."""
    pieces = parse_cell(Cell(cell.number, cell.source))
    return (
        frozenset(name for piece in pieces for name in piece.binds)
        if isinstance(pieces, tuple)
        else frozenset()
    )


def _answers(cell: SourceCell) -> Sequence[Piece]:
    pieces = parse_cell(Cell(cell.number, cell.source))
    if not isinstance(pieces, tuple):
        return ()
    marked, _ = regions(cell.source)
    own = [region for region in marked if not region.hidden]
    if not own:
        return pieces
    return [
        piece
        for piece in pieces
        if any(
            piece.statement.line <= region.end
            and piece.statement.line + piece.statement.source.count("\n") >= region.start
            for region in own
        )
    ]


def _touched(statement: ast.stmt) -> set[str]:
    """Return the names that a statement may change in place: those that it reads outside of functions."""
    found = {*changed(statement)}
    if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return found
    return found | {
        node.value.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
