"""What a notebook means: the graded functions in it, and the program they need. Text only; nothing runs.

A notebook is a bag of top-level statements. The last definition of a function wins, as it would for
a reader who runs all cells. Around the graded functions goes what their bodies name, transitively:
imports, functions, classes and constants; not the calls, plots and loops that stand beside them.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.model import Cell, Found, Part, Repair, State, Statement, Submission, Wanted
from grader.notebook.blanks import is_blank
from grader.notebook.mending import mended
from grader.notebook.names import NO_NAMES, NameMap
from grader.notebook.parsing import ALL, Broken, Piece, Pieces, parse_cell

MARKER = re.compile(r"^#\s*GRADED FUNCTION:\s*(\w+)", re.MULTILINE)


def extract(cells: Sequence[Cell], wanted: Wanted, names: NameMap = NO_NAMES) -> Submission:
    """Find each wanted function in the code cells of a notebook, and the program that they make up."""
    parsed = [parse_cell(cell) for cell in cells]
    notebook = _Notebook(cells, parsed, wanted, names)
    repaired = {
        function: repair
        for function, found in notebook.found.items()
        if found.state is State.SYNTAX_ERROR and (repair := _repair(function, notebook, parsed))
    }
    parts = notebook.parts()
    text = "\n".join([cell.source for cell in cells])
    return Submission(notebook.found, parts, repaired, tuple(notebook.notes(parts)), text)


def _repair(function: str, notebook: _Notebook, parsed: Sequence[Pieces | Broken]) -> Repair | None:
    """The program that would be, had the one slip in the cell of `function` not been made."""
    number = notebook.found[function].cell
    cell = next(cell for cell in notebook.cells if cell.number == number)
    mend = mended(cell.source)
    if mend is None:
        return None
    pieces = parse_cell(replace(cell, source=mend.source))
    again = [
        pieces if part_of is cell else part for part_of, part in zip(notebook.cells, parsed, strict=True)
    ]
    mended_notebook = _Notebook(notebook.cells, again, notebook.wanted, notebook.names)
    if mended_notebook.found[function].state is not State.WRITTEN:
        return None
    return Repair(mended_notebook.parts(), mend.advice)


# ---------------------------------------------------------------- one notebook


class _Notebook:
    """The statements of a notebook, by what they bind."""

    def __init__(
        self, cells: Sequence[Cell], parsed: Sequence[Pieces | Broken], wanted: Wanted, names: NameMap
    ) -> None:
        self.cells = cells
        self.wanted = wanted
        self.names = names
        self.broken = [part for part in parsed if isinstance(part, Broken)]
        pieces = [piece for part in parsed if isinstance(part, tuple) for piece in part]
        self.clean = [piece for piece in pieces if piece.clean]
        self.rest = [piece for piece in pieces if not piece.clean]
        self.binding: dict[str, list[Piece]] = {}
        self.ours = {names.theirs(name): name for name in wanted.functions}
        self.definitions: dict[str, list[Piece]] = {name: [] for name in self.ours}
        self.foreign: list[Piece] = []  # star imports of modules that are not provided
        trials = {cell.number for cell in cells if cell.locked}
        trials |= {piece.cell for piece in self.rest if not piece.words.isdisjoint(self.definitions)}
        for piece in self.clean:
            if piece.kind in (ast.Assign, ast.AnnAssign) and piece.cell in trials:
                self.rest.append(piece)  # what a cell that tries a graded function sets is no constant
            else:
                self._bind(piece)
        self.found = {function: self._find(function) for function in wanted.functions}

    def _bind(self, piece: Piece) -> None:
        for name in self._names(piece):
            if name not in self.definitions:
                self.binding.setdefault(name, []).append(piece)
            elif _is_def(piece):
                self.definitions[name].append(piece)

    def _names(self, piece: Piece) -> frozenset[str]:
        """The names that a piece binds, those of `from provided_module import *` among them."""
        if ALL not in piece.binds or piece.kind is not ast.ImportFrom:
            return piece.binds
        module = self.wanted.modules.get(piece.module or "")
        if module is None:
            self.foreign.append(piece)
        return defined_names(module or "")

    # ------------------------------------------------------------ functions

    def _find(self, function: str) -> Found:
        name = self.names.theirs(function)
        definitions = self.definitions[name]
        broken = next((b for b in reversed(self.broken) if self._claims(b.cell, function)), None)
        last = definitions[-1].statement if definitions else None
        if last and (broken is None or not is_blank(last.source)):
            state = State.BLANK if is_blank(last.source) else State.WRITTEN
            return Found(state, last.cell, last.line, last.source)
        if broken is None:
            return Found(State.MISSING, problem=self._elsewhere(function))
        line, source = _definition_text(broken.cell.source, name)
        if is_blank(source):
            return Found(State.BLANK, broken.cell.number, line, source)
        return Found(State.SYNTAX_ERROR, broken.cell.number, line, source, broken.reason, broken.line)

    def _claims(self, cell: Cell, function: str) -> bool:
        """Whether a cell is where a function belongs: by its nbgrader id, its marker, or its text."""
        if cell.grade_id is not None and cell.grade_id == self.wanted.grade_ids.get(function):
            return True
        name = re.escape(self.names.theirs(function))
        return function in MARKER.findall(cell.source) or bool(
            re.search(rf"^[ \t]*def\s+{name}\b", cell.source, re.MULTILINE)
        )

    def _elsewhere(self, function: str) -> str:
        """What stands in the cell where a missing function belongs."""
        for cell in self.cells:
            if self._claims(cell, function):
                bound = {**self.binding, **self.definitions}
                others = [n for n in bound if any(p.cell == cell.number and _is_def(p) for p in bound[n])]
                if others:
                    return f"Its cell {cell.number} defines {', '.join(others)} instead."
                return f"Its cell {cell.number} defines no function."
        return ""

    # ------------------------------------------------------------ program

    def parts(self) -> dict[str, Part]:
        """The part of each function that is written."""
        return {
            function: self._part(function)
            for function, found in self.found.items()
            if found.state is State.WRITTEN
        }

    def _part(self, function: str) -> Part:
        """What a function needs, transitively; the other graded functions have parts of their own."""
        pieces: set[Piece] = set()
        uses: set[str] = set()
        unbound: set[str] = set()
        seen: set[str] = set()
        waiting = [self.names.theirs(function)]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if self.ours.get(name, function) != function:
                uses.add(self.ours[name])
            elif bound := self.binding.get(name) or self.definitions.get(name, [])[-1:]:
                pieces.update(bound)
                for piece in bound:
                    waiting += piece.reads
            else:
                unbound.add(name)
        if unbound:  # other star imports may bind anything, so what is missing is not known
            pieces.update(self.foreign)
        # In their order, so that the last counts, and each finds what it found.
        statements = [piece.statement for piece in self.clean if piece in pieces]
        adapter = self.names.adapter_to_ours(function)
        return Part(
            (*statements, *([Statement(0, 1, adapter)] if adapter else [])),
            frozenset(uses),
            {name: self._leftover(name) for name in sorted(unbound)},
        )

    def _leftover(self, name: str) -> int | None:
        """The first cell that sets a name outside of what a program may have."""
        return next((piece.cell for piece in self.rest if name in piece.binds), None)

    # ------------------------------------------------------------ notes

    def notes(self, parts: Mapping[str, Part]) -> Iterator[str]:
        """What is to be said of the notebook besides its verdicts."""
        for function, part in parts.items():
            for name, cell in part.unbound.items():
                yield f"{function}: {_unbound_note(name, cell)}"
        for function in self.wanted.functions:
            definitions = self.definitions[self.names.theirs(function)]
            if len(definitions) > 1:
                cells = ", ".join(str(piece.cell) for piece in definitions)
                yield f"{function}: defined {len(definitions)} times (cells {cells}); the last one counts"
        blank = {found.cell for found in self.found.values() if found.state is State.BLANK}
        for broken in self.broken:
            if broken.cell.number in blank:
                continue
            yield f"cell {broken.cell.number} does not parse (line {broken.line}: {broken.reason})"


COMMON_IMPORTS = frozenset({"np", "numpy", "copy", "math"})
"""Names that are modules wherever they are used."""


def _unbound_note(name: str, cell: int | None) -> str:
    if cell is not None:
        return f"{name} is read, but only cell {cell} sets it, outside any function"
    return f"{name} is used but never {'imported' if name in COMMON_IMPORTS else 'defined'}"


@functools.lru_cache(maxsize=64)
def defined_names(source: str) -> frozenset[str]:
    """The names that a provided module binds."""
    parsed = parse_cell(Cell(0, source))
    pieces = parsed if isinstance(parsed, tuple) else ()
    return frozenset(name for piece in pieces for name in piece.binds)


def _is_def(piece: Piece) -> bool:
    return piece.kind is ast.FunctionDef


def _definition_text(source: str, name: str) -> tuple[int, str]:
    """The first line and text of a function in a cell that does not parse: from its `def` to the next one."""
    start = re.search(rf"^[ \t]*def\s+{re.escape(name)}\b", source, re.MULTILINE)
    if start is None:
        return 1, source
    end = re.compile(r"^def\s", re.MULTILINE).search(source, start.end())
    first_line = source.count("\n", 0, start.start()) + 1
    return first_line, source[start.start() : end.start() if end else len(source)]
