"""Find the statements of a notebook that lead to the value of a variable. Static only.

Backwards from the last statement that sets the variable, a statement is one of them if it binds or may change
what a later one reads. A statement that binds a name anew makes what was before irrelevant. So does the one
after which another graded variable has its value: what leads to that is a slice of its own.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from grader.models.execution import Statement
from grader.models.submission import Cell
from grader.notebooks.scope import DEFINING, IMPORTING, Scope
from grader.notebooks.statements import ALL, BUILTINS, RANDOM, Piece, read_when_run

REBINDING = (ast.Assign, ast.AnnAssign, *DEFINING, *IMPORTING)
"""Statements that bind their names whatever these were before."""

DRAWING = re.compile(r"\b(?:random|rand|randn|rng|choice|shuffle|permutation)\b")
"""Matches the source of a statement that may advance a random generator."""

NEAR = 0.75
"""The similarity, by difflib, from which on a name may be a slip of another; `vaild` has 0.8 of `valid`."""

PERCENT = re.compile(r"^# %%", re.MULTILINE)
"""The line that begins a cell of a script."""


class Region(NamedTuple):
    """Lines of a cell."""

    cell: int
    lines: range


@dataclass(frozen=True, slots=True)
class Setting:
    """The last statement that sets a variable, and the one after which it has the value that is graded."""

    last: Piece
    end: Piece


class Graded(NamedTuple):
    """A graded variable as its author calls it, and where it gets the value that is graded, if anywhere.

    `cell` is the number of the last cell that is marked as its own, 0 if there is none.
    """

    name: str
    setting: Setting | None
    cell: int

    @property
    def place(self) -> tuple[int, int, int]:
        """The place of the statement that sets it; before all others if there is none."""
        return self.setting.last.statement.place if self.setting else (0, 0, 0)

    def beside(self, source: str) -> Statement:
        """Return a statement that runs when the variable has the value that is graded."""
        cell, line, column = self.setting.end.statement.place if self.setting else (0, 0, 0)
        return Statement(cell, line, source, column + 1)


@dataclass(frozen=True, slots=True)
class Slice:
    """The statements that lead to a value, and what else they need.

    `graded` are the graded functions and classes that they use, `variables` the items of other graded
    variables, and `unbound` the names that no statement binds.
    """

    pieces: frozenset[Piece]
    graded: frozenset[str]
    variables: frozenset[str]
    unbound: frozenset[str]


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


def regions_of(item: str, cell: Cell, marker: re.Pattern[str]) -> list[Region]:
    """Return the lines of a marked cell where an item belongs: all, unless others are marked in it too.

    Args:
        item: the graded item.
        cell: the cell; a script is one cell with all markers.
        marker: matches the line that marks an item, and captures its name.

    Returns:
        the regions, each up to the next marker or `# %%`; markers one below the other share one.
    """
    markers = [*marker.finditer(cell.source)]
    cells = [*PERCENT.finditer(cell.source)]
    if (len(markers) < 2 and not cells) or item not in {found[1] for found in markers}:
        return [Region(cell.number, range(1, sys.maxsize))]
    joined = {
        one.start() for above, one in pairwise(markers) if not cell.source[above.end() : one.start()].strip()
    }
    ends = sorted(found.start() for found in (*markers, *cells) if found.start() not in joined)
    regions = []
    for start in (found.start() for found in markers if found[1] == item):
        end = next((end for end in ends if end > start), len(cell.source))
        first, last = (cell.source.count("\n", 0, at) + 1 for at in (start, end))
        regions.append(Region(cell.number, range(first, last + 1)))
    return regions


def setting_of(
    name: str,
    scope: Scope,
    variables: Collection[str],
    own: Collection[Region] = (),
    *,
    elsewhere: bool,
    several: bool,
) -> Setting | None:
    """Return where a variable gets the value that is graded.

    Args:
        name: the variable.
        scope: the statements of the notebook.
        variables: the graded variables; a statement that sets another one does not change this one.
        own: where the variable belongs. If it is set there, what is set elsewhere does not matter.
        elsewhere: whether it may be set elsewhere if it is not set there.
        several: whether other items are values of it too, so that to change it there sets it anew.

    Returns:
        the statements, or None if nothing sets the variable.
    """
    settings = [piece for piece in scope.pieces if name in piece.binds]
    inside = [piece for piece in settings if _is_in(piece, own)]
    if several and not inside:
        inside = [p for p in _outside_tests(scope) if name in p.changes and _is_in(p, own)][:1]
    settings = inside or (settings if elsewhere else [])
    written = [piece for piece in settings if not is_placeholder(piece, name)]
    if not settings:
        return None
    last = (written or settings)[-1]
    changing = [
        piece
        for piece in _outside_tests(scope)
        if name in piece.changes and _place(piece) > _place(last) and piece.binds.isdisjoint(variables)
    ]
    if _is_in(last, own):
        changing = [piece for piece in changing if _is_in(piece, own)]
    return Setting(last, max((last, *changing), key=_place))


def last_set(variables: Mapping[str, Graded]) -> dict[str, str]:
    """Return the items of graded variables by the author's names; of several items, the one that is set last.

    Args:
        variables: the graded variables by their items.

    Returns:
        name -> item.
    """
    order = sorted(variables, key=lambda item: variables[item].place)
    return {variables[item].name: item for item in order}


def slice_of(
    item: str, scope: Scope, graded: Mapping[str, object], variables: Mapping[str, Graded]
) -> Slice | None:
    """Return the statements that lead to the value of a variable.

    Args:
        item: the graded item that is the variable.
        scope: the statements of the notebook.
        graded: the graded functions and classes, which are not part of it.
        variables: the graded variables by their items; what leads to the others is not part of it.

    Returns:
        the slice, or None if nothing sets the variable.
    """
    own = variables[item].setting
    if own is None:
        return None
    above = [piece for piece in _outside_tests(scope) if _place(piece) <= _place(own.end)]
    return _Backwards(item, scope, graded, variables, above).slice()


def misspelt(name: str, scope: Scope, variables: Collection[str], cell: int) -> str:
    """Return the question whether a name that a cell binds is meant to be a variable that nothing sets.

    Args:
        name: the variable, as its author would call it.
        scope: the statements of the notebook.
        variables: the names of graded variables, which are not meant.
        cell: the cell in which it belongs.

    Returns:
        the question; empty if none or several of the names in the cell are near.
    """
    import difflib  # only for what is not written

    bound = (n for n, pieces in scope.binding.items() if any(piece.cell == cell for piece in pieces))
    others = {n.lower(): n for n in bound if n not in variables and _undigited(n) != _undigited(name)}
    near = difflib.get_close_matches(name.lower(), others, 2, NEAR)
    return f"Cell {cell} sets another name: did you mean `{others[near[0]]}`?" if len(near) == 1 else ""


def _undigited(name: str) -> str:
    """Return a name without its digits: `x1` is no slip of `x2`."""
    return re.sub(r"\d", "", name)


def _outside_tests(scope: Scope) -> list[Piece]:
    """Return the statements that are no call of a public test."""
    tests = public_tests_of(scope.wanted.functions)
    return [p for p in scope.pieces if p.kind is not ast.Expr or p.words.isdisjoint(tests)]


def _is_in(piece: Piece, regions: Collection[Region]) -> bool:
    return any(piece.cell == one.cell and piece.statement.line in one.lines for one in regions)


def _place(piece: Piece) -> tuple[int, int, int]:
    return piece.statement.place


def public_tests_of(items: Iterable[str]) -> frozenset[str]:
    """Return the names of the public tests of graded items, as notebooks call them."""
    return frozenset(f"{item.replace('.', '_')}_test{end}" for item in items for end in ("", "_1", "_2"))


class _Backwards:
    """Walks from the last statement to the first and collects those that are needed."""

    def __init__(
        self,
        item: str,
        scope: Scope,
        graded: Mapping[str, object],
        variables: Mapping[str, Graded],
        pieces: Sequence[Piece],
    ) -> None:
        self.name, own, _ = variables[item]
        self.scope = scope
        self.graded = graded
        self.pieces = pieces
        self.needed: set[str] = set()
        self.used: set[str] = set()
        self.read: set[str] = set()
        self.bound: set[str] = set()
        self.lacking = {
            other: one if own and one.cell <= own.last.cell else one._replace(cell=0)
            for other, one in variables.items()
            if one.setting is None
        }
        self.variables: set[str] = set()
        self.done: set[str] = set()  # the names of these
        self.settled: dict[Piece, dict[str, str]] = {}
        for other, (name, setting, _) in variables.items():
            if setting is None or other == item or (own and own.last is setting.last):
                continue
            if name == self.name or self.name not in setting.last.binds:
                self.settled.setdefault(setting.end, {})[name] = other
        self.definitions: dict[str, list[Piece]] = {}
        for piece in pieces:
            if piece.kind in DEFINING:
                for defined in piece.binds:
                    self.definitions.setdefault(defined, []).append(piece)

    def slice(self) -> Slice:
        self._need(self.name)
        found = {piece for piece in reversed(self.pieces) if self._takes(piece)}
        self._pass_blank(-1)
        found |= {*self.scope.futures, *self.scope.written(found)}
        known = {*self.done, *(one.name for one in self.lacking.values())}
        unbound = self.read - self.bound - {*BUILTINS, RANDOM, *self.graded, *known}
        if unbound:
            found.update(self.scope.foreign)
        return Slice(frozenset(found), frozenset(self.used), frozenset(self.variables), frozenset(unbound))

    def _pass_blank(self, cell: int) -> None:
        """Account for the variables that nothing sets, though a cell below one that comes next is theirs."""
        for other, (name, _, own) in self.lacking.items():
            if name in self.needed and own > cell:
                self.variables.add(other)
                self.done.add(name)
                self.needed.discard(name)

    def _takes(self, piece: Piece) -> bool:
        """Return whether a statement is needed, and need what it reads."""
        self._pass_blank(piece.cell)
        settled = self.settled.get(piece, {}).keys() & self.needed
        self.variables |= {self.settled[piece][name] for name in settled}
        self.done |= settled
        self.needed -= settled
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
