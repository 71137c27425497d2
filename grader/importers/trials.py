"""Find the cells of a source notebook that no test needs: demonstrations, plots, long trainings."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Sequence

from grader.importers.source import Role, SourceCell
from grader.models.submission import Cell
from grader.notebooks.argument_mutation import changer
from grader.notebooks.statements import ALL, NONE, RANDOM, Pieces, changed, parse_cell, read_when_run

WORD = re.compile(r"\w+")
NAMED = re.compile(r"""(?<=["'])\w{1,80}(?=["'])""")
"""A text that may be the name of something."""

DRAWS = re.compile(r"\b(?:random|rand|randn|rng|choice|shuffle|permutation|seed)\b")
"""Matches a text that may draw random numbers: what is drawn below it depends on how many."""

DECLARES = re.compile(r"\b(?:global|nonlocal)\b")
"""Matches a notebook in which a call may set anything."""

DEFINED = re.compile(r"^[ \t]*(?:async def|def|class) (\w+)", re.MULTILINE)
FUNCTION = re.compile(r"^def (\w+)\(", re.MULTILINE)
TRIED = (Role.CODE, Role.MANUAL)
IDLE = "len"
"""A function that changes nothing, in the place of those that do not."""


def trials(cells: Sequence[SourceCell], modules: Collection[str]) -> frozenset[int]:
    """Return the positions of the cells that set and change nothing which a test needs.

    A test needs what it names, and what the cells that set or change this read. Like a statement of a
    program (see `notebooks.statements`), a cell changes what it calls a method of, and what it hands to a
    function, unless the source of that shows otherwise. Below the last test, only what defines a function
    again matters: tests are tried with that too.

    Args:
        cells: the cells of the notebook.
        modules: the sources of the modules beside it.

    Returns:
        their positions.
    """
    sources = [cell.source for cell in cells if cell.role is not Role.TEXT]
    if any(map(DECLARES.search, sources)):
        return frozenset()
    parsed = [parse_cell(Cell(cell.number, cell.source)) for cell in cells]
    defining = (*modules, *(p.statement.source for one in parsed if isinstance(one, tuple) for p in one))
    tried = {
        at: _Tried(pieces, defining)
        for at, (cell, pieces) in enumerate(zip(cells, parsed, strict=True))
        if cell.role in TRIED and isinstance(pieces, tuple)
    }
    needed = frozenset[str]().union(*(_read_by_test(piece.source) for cell in cells for piece in cell.pieces))
    for at, pieces in enumerate(parsed):
        if at not in tried and cells[at].role is not Role.TEST:
            needed |= _Tried(pieces, ()).reads if isinstance(pieces, tuple) else _words(cells[at].source)
    end = max((at for at in range(len(cells)) if at not in tried), default=-1)
    defined = frozenset(name for source in defining for name in DEFINED.findall(source))
    while found := [
        at
        for at, one in tried.items()
        if not one.touched.isdisjoint({ALL, *(needed if at < end else needed & defined)})
    ]:
        needed |= frozenset[str]().union(*(tried.pop(at).reads for at in found))
    return frozenset(tried)


class _Tried:
    """What a cell reads, and what it sets or changes, each with `RANDOM` for the random generators."""

    def __init__(self, pieces: Pieces, defining: Collection[str]) -> None:
        draws = frozenset({RANDOM}) if _draws(pieces) else NONE
        set_or_changed = (piece.binds | _changed(piece.statement.source, defining) for piece in pieces)
        files = frozenset({ALL} if any(piece.module and not piece.reads for piece in pieces) else ())
        self.touched = draws.union(files, *set_or_changed)
        self.reads = draws.union(
            *(piece.reads if piece.clean else read_when_run(piece.statement.source) for piece in pieces)
        )


def _read_by_test(source: str) -> frozenset[str]:
    """Return the names that a test reads, and those that its texts have."""
    return read_when_run(source) | frozenset(NAMED.findall(source))


def _words(source: str) -> frozenset[str]:
    return frozenset(WORD.findall(source))


def _draws(pieces: Pieces) -> bool:
    """Return whether a cell may draw random numbers when it is run; a definition draws none."""
    return any(not piece.clean and DRAWS.search(piece.statement.source) for piece in pieces)


def _changed(source: str, defining: Collection[str]) -> frozenset[str]:
    """Return the names whose objects a statement may change."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # the text of a file that a cell writes
        return NONE
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) as called, args=args) if _is_harmless(name, args, defining):
                called.id = IDLE
    return frozenset(changed(tree)) - {RANDOM}


@functools.lru_cache(maxsize=4)
def _functions(sources: tuple[str, ...]) -> frozenset[str]:
    """Return the functions that sources define at top level."""
    return frozenset(name for source in sources for name in FUNCTION.findall(source))


def _is_harmless(name: str, args: Sequence[ast.expr], defining: Collection[str]) -> bool:
    """Return whether the sources define a function, and show that it changes no argument."""
    is_defined = name in _functions(tuple(defining))
    return is_defined and not any(changer(defining, name, position) for position in range(len(args)))
