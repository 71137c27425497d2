"""Find the names that a module binds, of which the source is known. Static only."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping

from grader.models.package_names import absolute
from grader.models.submission import Cell
from grader.notebooks.statements import ALL, Pieces, parse_cell


def names_in(module: str, known: Mapping[str, str]) -> frozenset[str]:
    """Return the names that `from module import *` binds, those included that the module imports that way.

    Args:
        module: the name of the module.
        known: the sources of modules by their names.

    Returns:
        the names; `*` is one of them if it imports all names of a module that is not known.
    """
    return frozenset(_names(module, known, {module}))


def _names(module: str, known: Mapping[str, str], seen: set[str]) -> Iterator[str]:
    for piece in _pieces(known.get(module, "")):
        yield from piece.binds - {ALL}
        if ALL in piece.binds:
            node = ast.parse(piece.statement.source).body[0]
            source = absolute(node, module, known) if isinstance(node, ast.ImportFrom) else ""
            if source not in known:
                yield ALL
            elif source not in seen:
                seen.add(source)
                yield from _names(source, known, seen)


@functools.lru_cache(maxsize=64)
def _pieces(source: str) -> Pieces:
    parsed = parse_cell(Cell(0, source))
    return parsed if isinstance(parsed, tuple) else ()
