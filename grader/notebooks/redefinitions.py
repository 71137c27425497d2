"""Select the statements that count for one of several cells that define a function anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from grader.notebooks.definitions import read_at_once
from grader.notebooks.statements import Broken, Piece, Pieces
from grader.notebooks.variable_slices import Region


def until(parsed: Sequence[Pieces | Broken], own: Sequence[Region], name: str) -> list[Pieces | Broken]:
    """Return a notebook as it is when one of the cells that define a function has run.

    Args:
        parsed: the cells of the notebook.
        own: the lines of the cell; those of the last one, if several are marked as it.
        name: the function.

    Returns:
        the cells without what is below, and without other definitions of the function, unless that of the
        cell is made of them.
    """
    end = max((region.cell, region.lines.stop) for region in own)
    above = _filtered(parsed, lambda piece: (piece.cell, piece.statement.line) < end, end[0])
    return _without(above, name, lambda piece: _is_in(piece, own))


def beside(
    parsed: Sequence[Pieces | Broken], others: Sequence[Region], name: str
) -> Sequence[Pieces | Broken]:
    """Return a notebook without the definitions of a function that other items are.

    Args:
        parsed: the cells of the notebook.
        others: the lines of the cells of these items.
        name: the function.

    Returns:
        the cells; with all definitions if one that is left is made of others.
    """
    return _without(parsed, name, lambda piece: not _is_in(piece, others))


def _without(
    parsed: Sequence[Pieces | Broken], name: str, counts: Callable[[Piece], bool]
) -> list[Pieces | Broken]:
    """Leave out the definitions of a function that do not count, unless one that does is made of them."""
    pieces = (piece for part in parsed if not isinstance(part, Broken) for piece in part)
    counting = [piece for piece in pieces if name in piece.binds and counts(piece)]
    if any(name in read_at_once(piece.statement.source) for piece in counting):
        return [*parsed]
    return _filtered(parsed, lambda piece: {*piece.binds} != {name} or counts(piece))


def _filtered(
    parsed: Iterable[Pieces | Broken], kept: Callable[[Piece], bool], last: int | None = None
) -> list[Pieces | Broken]:
    """Return cells with the statements that are kept; a broken cell counts up to the last one."""
    return [
        (() if last and part.cell.number > last else part)
        if isinstance(part, Broken)
        else tuple(filter(kept, part))
        for part in parsed
    ]


def _is_in(piece: Piece, regions: Sequence[Region]) -> bool:
    return any(piece.cell == one.cell and piece.statement.line in one.lines for one in regions)
