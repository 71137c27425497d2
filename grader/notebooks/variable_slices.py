"""Find the statements of a notebook that lead to the value of a variable. Static only.

Backwards from the last statement that sets the variable, a statement is one of them if it binds or may change
what a later one reads. A statement that binds a name anew makes what was before irrelevant.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.notebooks.scope import DEFINING, IMPORTING, Scope
from grader.notebooks.statements import ALL, BUILTINS, RANDOM, Piece, read_when_run

REBINDING = (ast.Assign, ast.AnnAssign, *DEFINING, *IMPORTING)
"""Statements that bind their names whatever these were before."""

DRAWING = re.compile(r"\b(?:random|rand|randn|rng|choice|shuffle|permutation)\b")
"""Matches the source of a statement that may advance a random generator."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The statements that lead to a value, the last one that sets it, and what else they need.

    `graded` are the graded functions and classes that they use, `unbound` the names that no statement binds.
    """

    last: Piece
    pieces: frozenset[Piece]
    graded: frozenset[str]
    unbound: frozenset[str]


def setting(name: str, scope: Scope) -> list[Piece]:
    """Return the statements that bind a variable.

    Args:
        name: the variable.
        scope: the statements of the notebook.

    Returns:
        the statements, in the order of the notebook.
    """
    return [piece for piece in scope.pieces if name in piece.binds]


def is_placeholder(piece: Piece, name: str) -> bool:
    """Return whether a statement leaves a variable as it was handed out: `None` or `...`.

    Args:
        piece: a statement that binds it.
        name: the variable.

    Returns:
        True if it does.
    """
    node = ast.parse(piece.statement.source).body[0]
    match node:
        case ast.Assign(value=ast.Constant(value=value), targets=targets):
            named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
            return named and (value is None or value is ...)
        case _:
            return False


def slice_of(
    name: str, scope: Scope, graded: Mapping[str, object], own: Collection[int] = ()
) -> Slice | None:
    """Return the statements that lead to the value of a variable.

    Args:
        name: the variable.
        scope: the statements of the notebook.
        graded: the graded functions and classes, which are not part of it.
        own: the numbers of the cells where the variable belongs. If one of them sets it, what later cells set
            does not matter.

    Returns:
        the slice, or None if nothing sets the variable.
    """
    settings = setting(name, scope)
    settings = [piece for piece in settings if piece.cell in own] or settings
    written = [piece for piece in settings if not is_placeholder(piece, name)]
    if not settings:
        return None
    last = (written or settings)[-1]
    tests = public_tests_of(scope.wanted.functions)
    pieces = [p for p in scope.pieces if p.kind is not ast.Expr or p.words.isdisjoint(tests)]
    changing = [p for p in pieces if name in p.changes and p.statement.place > last.statement.place]
    changing = [p for p in changing if last.cell not in own or p.cell in own]
    end = max(piece.statement.place for piece in (last, *changing))
    above = [piece for piece in pieces if piece.statement.place <= end]
    return _Backwards(scope, graded, above).slice(name, last)


def public_tests_of(items: Iterable[str]) -> frozenset[str]:
    """Return the names of the public tests of graded items, as notebooks call them."""
    return frozenset(f"{item.replace('.', '_')}_test{end}" for item in items for end in ("", "_1", "_2"))


class _Backwards:
    """Walks from the last statement to the first and collects those that are needed."""

    def __init__(self, scope: Scope, graded: Mapping[str, object], pieces: Sequence[Piece]) -> None:
        self.scope = scope
        self.graded = graded
        self.pieces = pieces
        self.needed: set[str] = set()
        self.used: set[str] = set()
        self.read: set[str] = set()
        self.bound: set[str] = set()
        self.definitions: dict[str, list[Piece]] = {}
        for piece in pieces:
            if piece.kind in DEFINING:
                for name in piece.binds:
                    self.definitions.setdefault(name, []).append(piece)

    def slice(self, name: str, last: Piece) -> Slice:
        self._need(name)
        found = {piece for piece in reversed(self.pieces) if self._takes(piece)}
        found |= {*self.scope.futures, *self.scope.written(found)}
        unbound = self.read - self.bound - {*BUILTINS, RANDOM, *self.graded}
        if unbound:
            found.update(self.scope.foreign)
        return Slice(last, frozenset(found), frozenset(self.used), frozenset(unbound))

    def _takes(self, piece: Piece) -> bool:
        """Return whether a statement is needed, and need what it reads."""
        names = self._names(piece)
        if piece.kind in DEFINING and not names.isdisjoint(self.graded):
            return False
        draws = RANDOM in self.needed and self._draws(piece)
        if (names | piece.changes).isdisjoint(self.needed) and not draws:
            return False
        if piece.kind in REBINDING:
            self.needed -= names
        self.bound |= names
        for name in self._reads(piece):
            self._need(name)
        return True

    def _need(self, name: str) -> None:
        """Need a name, and what its definition reads when it is called, which may be bound below it."""
        self.read.add(name)
        if name in self.graded:
            self.used.add(name)
        elif name not in self.needed:
            self.needed.add(name)
            for piece in self.definitions.get(name, ()):
                for read in self._reads(piece):
                    self._need(read)

    def _names(self, piece: Piece) -> frozenset[str]:
        return self.scope.names_bound(piece) if ALL in piece.binds else piece.binds

    def _reads(self, piece: Piece) -> Iterator[str]:
        source = piece.statement.source
        yield from piece.reads if piece.clean else read_when_run(source)
        if piece.kind in DEFINING and DRAWING.search(source):
            yield RANDOM

    def _draws(self, piece: Piece) -> bool:
        """Return whether a statement may seed a generator, or draw from it."""
        if piece.kind in (*DEFINING, *IMPORTING):
            return False
        drawing = {
            n for n, of in self.definitions.items() if any(DRAWING.search(p.statement.source) for p in of)
        }
        return (
            RANDOM in piece.changes
            or bool(DRAWING.search(piece.statement.source))
            or bool(drawing & piece.words)
        )
