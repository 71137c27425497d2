"""Find the graded items of a notebook, and the statements that each of them needs. Static only."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from grader.models.assignment import Wanted
from grader.models.execution import Statement
from grader.models.submission import Cell, Found, Part, State
from grader.notebooks.blank_detection import breaks_by_being_blank, is_blank, text_is_blank
from grader.notebooks.blank_pieces import are_blank, last_written, piece_is_blank
from grader.notebooks.classes import attaching, chains, places_of
from grader.notebooks.definitions import definition_text, read_at_once
from grader.notebooks.methods import inherits, methods_called
from grader.notebooks.name_map import NameMap
from grader.notebooks.scope import DEFINING, Scope
from grader.notebooks.statements import BUILTINS, RANDOM, Broken, Piece, Pieces, ignored
from grader.notebooks.variable_slices import (
    Graded,
    Region,
    Slice,
    is_placeholder,
    last_set,
    misspelt,
    regions_of,
    setting_of,
    slice_of,
)

MARKER = re.compile(r"^#\s*GRADED (?:FUNCTION|CLASS|METHOD|VARIABLE):\s*(\w+(?:\.\w+)?)", re.MULTILINE)
"""The line that marks the cell of a graded item."""

KINDS = {"markdown": "a Markdown cell", "raw": "a raw cell"}
"""Descriptions of cells that are not run."""


def is_marked(cell: Cell, item: str, wanted: Wanted) -> bool:
    """Return whether the nbgrader id or the marker of a cell says that an item belongs there.

    Args:
        cell: the cell.
        item: the graded item.
        wanted: the graded items, with their nbgrader ids.

    Returns:
        True if one of them does.
    """
    if cell.grade_id is not None and cell.grade_id == wanted.grade_ids.get(item):
        return True
    marked = MARKER.findall(cell.source)
    return item in marked or ("." in item and item.partition(".")[0] in marked)


def own_regions(cells: Sequence[Cell], item: str, wanted: Wanted) -> list[Region]:
    """Return the lines of a notebook where an item belongs.

    Args:
        cells: the code cells.
        item: the graded item.
        wanted: the graded items, with their nbgrader ids.

    Returns:
        the lines of each cell that its nbgrader id or its marker says it is of.
    """
    marked = (cell for cell in cells if is_marked(cell, item, wanted))
    return [region for cell in marked for region in regions_of(item, cell, MARKER)]


class Notebook:
    """A notebook as a program: its graded functions, and the part that each of them needs."""

    def __init__(
        self,
        cells: Sequence[Cell],
        code: Sequence[Cell],
        parsed: Sequence[Pieces | Broken],
        wanted: Wanted,
        names: NameMap,
    ) -> None:
        self.cells = cells
        self.code = code
        self.parsed = parsed
        self.wanted = wanted
        self.names = names.also(wanted.of)
        self.ours: dict[str, list[str]] = {}
        for item in wanted.functions:
            if item not in wanted.variables:
                self.ours.setdefault(self.theirs(item), []).append(item)
        self.scope = Scope(code, parsed, wanted, frozenset(self.ours))
        self.variable_names = {self.names.theirs(name) for name in wanted.variables}
        self.settings = {name: self._setting(name) for name in wanted.variables}
        self.variables = last_set(self.settings)
        self.slices = {name: self._slice(name) for name in wanted.variables}
        self.chains = {
            name: chains(pieces, name) for name, pieces in self.scope.definitions.items() if pieces
        }
        self.classes = {name: last_written(found, name) for name, found in self.chains.items()}
        self.counting = {name: chain[-1] for name, chain in self.classes.items()}
        self.blank = {name for name, chain in self.classes.items() if are_blank(chain, name)}
        self.found = {function: self._find(function) for function in wanted.functions}

    # ------------------------------------------------------------ functions

    def theirs(self, item: str) -> str:
        """Return the author's name of a graded function, or of the class that has a method."""
        return self.names.theirs(item.partition(".")[0])

    def _find(self, function: str) -> Found:
        if function in self.wanted.variables:
            return self._find_variable(function)
        if "." in function:
            return self._find_method(function, self._find_definition(function))
        return self._find_definition(function)

    def _find_method(self, function: str, owner: Found) -> Found:
        """Return a method as it was found in its class."""
        theirs, name = self.theirs(function), function.partition(".")[2]
        if owner.state not in (State.WRITTEN, State.BLANK) or theirs not in self.classes:
            return owner
        chain = self.classes[theirs]
        found = places_of(name, theirs, chain, self._attaching(theirs), self.scope.binding)
        if not found:
            if chain[0].kind is not ast.ClassDef or inherits(chain[0].statement.source, name):
                return replace(owner, state=State.WRITTEN)
            problem = f"The class of cell {owner.cell} defines no {name}."
            return Found(State.MISSING, owner.cell, owner.line, problem=problem)
        piece, line, source = found[-1]
        state = State.BLANK if is_blank(source) else State.WRITTEN
        return Found(state, piece.cell, piece.statement.line + line - 1, source)

    def _attaching(self, theirs: str) -> list[Piece]:
        chain = self.classes[theirs]
        is_class = chain[0].kind is ast.ClassDef
        return attaching(self.scope.pieces, theirs, chain) if is_class else []

    def _find_variable(self, name: str) -> Found:
        """Return the statement that sets a variable, or why there is none."""
        theirs = self.names.theirs(name)
        found = self.settings[name].setting
        if found is not None:
            state = State.BLANK if is_placeholder(found.last, theirs) else State.WRITTEN
            place = (found.last.cell, found.last.statement.line, found.last.statement.source)
            return Found(state, *place, self._near(theirs, found.last.cell) if state is State.BLANK else "")
        claimed = [cell for cell in self.code if self._claims(cell, name)]
        broken = next((b for b in reversed(self.scope.broken) if b.cell in claimed), None)
        if broken is not None and not breaks_by_being_blank(broken.cell.source):
            return Found(
                State.SYNTAX_ERROR, broken.cell.number, 1, broken.cell.source, broken.reason, broken.line
            )
        if claimed:
            last = claimed[-1]
            return Found(State.BLANK, last.number, 1, last.source, self._near(theirs, last.number))
        where = f" in the cell of {name}" if name in self.wanted.of else ""
        return Found(State.MISSING, problem=f"No statement sets {theirs}{where}.")

    def _find_definition(self, function: str) -> Found:
        name = self.theirs(function)
        broken = next((b for b in reversed(self.scope.broken) if self._claims(b.cell, function)), None)
        last = self.counting.get(name)
        if last and (broken is None or name not in self.blank):
            state = State.BLANK if name in self.blank else State.WRITTEN
            return Found(state, last.cell, last.statement.line, last.statement.source)
        if broken is None:
            left = next(
                (c for c in self.code if self._is_marked(c, function) and text_is_blank(c.source)), None
            )
            if left:  # all of the definition is the answer
                return Found(State.BLANK, left.number, 1, left.source)
            return Found(State.MISSING, problem=self._elsewhere(function))
        line, source = definition_text(broken.cell.source, name)
        if breaks_by_being_blank(source):
            return Found(State.BLANK, broken.cell.number, line, source)
        return Found(State.SYNTAX_ERROR, broken.cell.number, line, source, broken.reason, broken.line)

    def _claims(self, cell: Cell, function: str) -> bool:
        """Return whether a cell is where a function belongs: by its nbgrader id, its marker, or its text."""
        if self._is_marked(cell, function):
            return True
        if function in self.wanted.of:
            return False
        name = re.escape(self.theirs(function))
        defining = (
            rf"{name}[ \t]*=(?!=)"
            if function in self.wanted.variables
            else rf"(?:(?:async[ \t]+)?def|class)\s+{name}\b"
        )
        pattern = rf"^[ \t]*(?:(?:>>>|In \[\d*\]:)[ \t]*)?{defining}"
        return re.search(pattern, cell.source, re.MULTILINE) is not None

    def _is_marked(self, cell: Cell, item: str) -> bool:
        return is_marked(cell, item, self.wanted)

    def _setting(self, name: str) -> Graded:
        marked = [cell for cell in self.code if self._is_marked(cell, name)]
        own = own_regions(marked, name, self.wanted)
        theirs = self.names.theirs(name)
        of = self.wanted.of
        several = name in of or name in of.values()
        setting = setting_of(
            theirs, self.scope, self.variable_names, own, elsewhere=name not in of, several=several
        )
        return Graded(theirs, setting, max((cell.number for cell in marked), default=0))

    def _near(self, name: str, cell: int) -> str:
        return misspelt(name, self.scope, self.variable_names, cell)

    def _slice(self, name: str) -> Slice | None:
        return slice_of(name, self.scope, self.ours, self.settings)

    def _elsewhere(self, function: str) -> str:
        """Return what happened to a missing function, or what the cell where it belongs has instead."""
        if spoilt := self.scope.spoilt.get(self.theirs(function)):
            does = "deletes it" if spoilt.kind is ast.Delete else "makes it something else"
            return f"Cell {spoilt.cell} {does} in line {spoilt.statement.line}."
        for cell in self.cells:
            if cell.kind in KINDS and self._claims(cell, function):
                return f"Cell {cell.number}, which has it, is {KINDS[cell.kind]}: change it to a code cell."
        for cell in self.code:
            if self._claims(cell, function):
                bound = {**self.scope.binding, **self.scope.definitions}
                if why := ignored(cell):
                    return f"Its cell {cell.number} {why}."
                others = [n for n in bound if any(p.cell == cell.number and _is_def(p) for p in bound[n])]
                if others:
                    return f"Its cell {cell.number} defines {', '.join(others)} instead."
                return f"Its cell {cell.number} defines no function."
        return ""

    def definitions(self) -> dict[str, Sequence[Piece]]:
        """Return the definitions of each graded function, and of each class, the last that extends it."""
        items = (item.partition(".")[0] for items in self.ours.values() for item in items)
        found = {name: self.chains.get(self.theirs(name), []) for name in items}
        return {name: [chain[-1] for chain in chains] for name, chains in found.items()}

    # ------------------------------------------------------------ program

    def parts(self) -> dict[str, Part]:
        """Return the part of each function that is written."""
        return {item: self.part(item) for item, found in self.found.items() if found.state is State.WRITTEN}

    def part(self, item: str) -> Part:
        """Return the part of an item that is written."""
        return self._variable_part(item) if item in self.slices else self._part(item)

    def _part(self, function: str) -> Part:
        """Return what a function needs, transitively; other graded functions have parts of their own."""
        scope = self.scope
        pieces: set[Piece] = set()
        uses: set[str] = set()
        unbound: set[str] = set()
        seen: set[str] = set()
        own = self.theirs(function)
        driver = self.wanted.drivers.get(function)
        waiting = [own, *(self.names.theirs(name) for name in (driver.reads if driver else ()))]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.ours and name != own:
                uses.update(self.ours[name])
            elif bound := self._defining(name) if name in self.ours else scope.bound(name):
                pieces.update(bound)
                for piece in bound:
                    waiting += scope.reads(piece)
            else:
                unbound.add(name)
        uses.update(self.variables[name] for name in seen & self.variables.keys() - unbound)
        if unbound & BUILTINS:
            pieces.update(scope.shadowing)
        unbound -= {*BUILTINS, RANDOM}
        if len(scope.definitions[own]) > 1:
            pieces |= self._earlier(function, pieces)
        if unbound:  # star imports may bind anything, so missing names are unknown
            pieces.update(scope.foreign)
        if scope.futures or scope.files:
            pieces |= {*scope.futures, *scope.written(pieces)}
        # In notebook order, so that each name has the value it had there.
        statements = sorted([piece.statement for piece in pieces], key=_place)
        return Part(
            (*statements, *self._adapting(function)),
            frozenset(uses) | self._called_beside(function),
            {name: scope.leftover(name) for name in sorted(unbound)},
            {name: cell for name in sorted(unbound) if (cell := scope.hidden(name)) is not None},
            self._settled(uses & {*self.variables.values()}),
        )

    def _adapting(self, function: str) -> Iterator[Statement]:
        """Yield the statement that gives a function our name; below its definition, if others come later."""
        if adapter := self.names.adapter_to_ours(function):
            cell, line, column = self.counting[self.theirs(function)].statement.place
            earlier = function in self.wanted.of
            yield Statement(cell, line, adapter, column + 1) if earlier else Statement(0, 1, adapter)

    def _called_beside(self, function: str) -> set[str]:
        """Return the other graded items that the driver of one mentions, and the methods that one calls."""
        driver = self.wanted.drivers.get(function)
        used = {*driver.mentions} & {*self.wanted.functions, *self.wanted.of} if driver else set[str]()
        if "." in function:
            called = methods_called(self.found[function].source)
            used |= {
                item
                for item in self.ours[self.theirs(function)]
                if "." in item and item.partition(".")[2] in called
            }
            used.discard(function.partition(".")[0])
        return used - {function}

    def _variable_part(self, name: str) -> Part:
        """Return the statements that lead to a variable."""
        found = self.slices[name]
        if found is None:
            return Part(())
        pieces = found.pieces.union(*(one.pieces for one in self._read_beside(name)))
        statements = {piece.statement for piece in pieces}
        if adapter := self.names.adapter_to_ours(name):
            statements.add(self.settings[name].beside(adapter))
        return Part(
            tuple(sorted(statements, key=_place)),
            frozenset(item for graded in found.graded for item in self.ours[graded])
            | found.variables
            | self._called_beside(name),
            {unbound: self.scope.leftover(unbound) for unbound in sorted(found.unbound)},
            {n: cell for n in sorted(found.unbound) if (cell := self.scope.hidden(n)) is not None},
            self._settled(found.variables),
        )

    def _read_beside(self, name: str) -> Iterator[Slice]:
        """Yield what leads to the other names that the driver of a variable reads, if they are not graded."""
        driver = self.wanted.drivers.get(name)
        for read in driver.reads if driver else ():
            theirs = self.names.theirs(read)
            if theirs not in self.variables and theirs not in self.ours:
                settings = {**self.settings, read: self._setting(read)}
                if (found := slice_of(read, self.scope, self.ours, settings)) is not None:
                    yield found

    def _settled(self, variables: Collection[str]) -> dict[str, tuple[int, int, int]]:
        """Return the places of the statements after which graded variables have their values."""
        settings = {name: self.settings[name].setting for name in variables}
        return {name: setting.end.statement.place for name, setting in settings.items() if setting}

    def _defining(self, name: str) -> list[Piece]:
        """Return the statements that make a graded function: its definition and changes of its attributes."""
        if name not in self.classes:
            return []
        changes = [
            piece
            for piece in self.scope.binding.get(name, ())
            if piece.kind is not ast.Delete and not self.scope.tries(piece)
        ]
        return [*self.classes[name], *changes, *self._attaching(name)]

    def _earlier(self, function: str, pieces: set[Piece]) -> set[Piece]:
        """Return the earlier definitions of a function that its last one, or what that needs, is made of."""
        name = self.theirs(function)
        definitions = [p for p in self.scope.definitions[name] if not piece_is_blank(p, name)]
        earlier: set[Piece] = set()
        for piece in reversed([p for p in self.scope.pieces if p in pieces or p in definitions]):
            if (piece in pieces or piece in earlier) and (
                piece.binds_any or name in read_at_once(piece.statement.source)
            ):
                above = [d for d in definitions if d.statement.place < piece.statement.place]
                earlier.update(above[-1:])
        return earlier


def _place(statement: Statement) -> tuple[int, int, int]:
    return statement.place


def _is_def(piece: Piece) -> bool:
    return piece.kind in DEFINING
