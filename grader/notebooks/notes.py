"""Write the notes on a notebook: names that nothing binds, repeated definitions, cells that do not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from grader.models.common_imports import IMPORTS
from grader.models.submission import Cell, Found, Part, State
from grader.notebooks.definitions import global_names
from grader.notebooks.scope import Scope
from grader.notebooks.statements import Piece


def notes_on_names(parts: Mapping[str, Part], scope: Scope) -> Iterator[str]:
    """Yield a note on each name that a graded item needs and that nothing binds.

    Args:
        parts: the graded items that are written.
        scope: the statements of the notebook.

    Returns:
        the notes.
    """
    for item, part in parts.items():
        for name, cells in _unbound(part, scope):
            yield f"{item}: {_unbound_note(name, cells, part.hidden.get(name))}"


def notes_on_definitions(
    definitions: Mapping[str, Sequence[Piece]], counting: Collection[Piece]
) -> Iterator[str]:
    """Yield a note on each graded function and class that is defined more than once.

    Args:
        definitions: the definitions of each.
        counting: the definitions that count.

    Returns:
        the notes.
    """
    for name, pieces in definitions.items():
        if len(pieces) > 1:
            cells = ", ".join(str(piece.cell) for piece in pieces)
            counts = next(piece for piece in reversed(pieces) if piece in counting)
            which = (
                "the last one" if counts is pieces[-1] else f"that of cell {counts.cell}, the last written,"
            )
            yield f"{name}: defined {len(pieces)} times (cells {cells}); {which} counts"


def notes_on_cells(cells: Sequence[Cell], scope: Scope, found: Iterable[Found]) -> Iterator[str]:
    """Yield a note on each cell that does not parse or has no text.

    Args:
        cells: the cells of the notebook.
        scope: the statements of the notebook.
        found: the graded items; the cell of one that is not written needs no note.

    Returns:
        the notes.
    """
    blank = {one.cell for one in found if one.state is State.BLANK}
    for broken in scope.broken:
        if broken.cell.number not in blank:
            yield f"cell {broken.cell.number} does not parse (line {broken.line}: {broken.reason})"
    for cell in cells:
        if not cell.kind:
            yield f"cell {cell.number} has no source text: nothing of it counts"


def _unbound(part: Part, scope: Scope) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the names that nothing binds, neither perhaps a star import nor a `global` of the part."""
    own: frozenset[str] = frozenset()
    if part.unbound and not scope.foreign:
        own = own.union(*(global_names(s.source) for s in part.statements if "global" in s.source))
    for name, cells in part.unbound.items():
        known = cells or name in part.hidden
        if known or not (scope.foreign or name in own):
            yield name, cells


def _unbound_note(name: str, cells: tuple[int, ...], hidden: int | None) -> str:
    if hidden is not None:
        return f"{name} is used, and cell {hidden}, which would set it, does not parse"
    if len(cells) == 1:
        return f"{name} is read, but only cell {cells[0]} sets it, outside any function"
    if cells:
        return f"{name} is read, but set only outside any function, in cell {cells[0]} and other cells"
    return f"{name} is used but never {'imported' if name in IMPORTS else 'defined'}"
