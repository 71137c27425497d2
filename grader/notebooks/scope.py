"""Index the statements of a notebook by the names that they bind, and select those a program may have."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.models.assignment import PUBLIC_TESTS, Wanted
from grader.models.submission import Cell
from grader.notebooks import definitions
from grader.notebooks.classes import attached
from grader.notebooks.module_names import names_in
from grader.notebooks.statements import (
    ALL,
    BUILTINS,
    RANDOM,
    RESET,
    Broken,
    Piece,
    Pieces,
    read_when_run,
    read_without_annotations,
)

DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTING = (ast.Import, ast.ImportFrom)
MOST_SET = 50
"""The most names set by calls of functions up to which these calls are followed."""

SETTING = frozenset({"environ", "setattr", "reload", "register"})
"""Words in calls that set an attribute of a module or function, or reload it."""

SHADOWING = frozenset({"numpy", "math", "cmath", "scipy", "pylab"})
"""Packages whose star import shadows builtins."""
NUMPY = frozenset({"import numpy as np", "import numpy"})
"""Imports that never fail; where one does, the rest of its cell is not run."""

HIDDEN = re.compile(
    r"""^[ \t]*(?:
        (?:async[ \t]+)?(?:def|class)[ \t]+(?P<defined>\w+)
      | (?:from[ \t]+(?P<module>[\w.]+)[ \t]+)?import[ \t]+(?P<imported>[^\n#]+)
      | (?P<set>\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*=(?!=)
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""A line of a cell that does not parse which would bind a name."""


class Scope:
    """The statements of a notebook, by what they bind.

    Args:
        cells: the code cells.
        parsed: their statements.
        wanted: the graded functions and provided modules.
        functions: the author's names of the graded functions.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        parsed: Sequence[Pieces | Broken],
        wanted: Wanted,
        functions: frozenset[str],
    ) -> None:
        self.wanted = wanted
        self.functions = functions
        self.broken = [part for part in parsed if isinstance(part, Broken)]
        self.pieces = _since_reset([piece for part in parsed if isinstance(part, tuple) for piece in part])
        self.files: dict[str, list[Piece]] = {}
        self.binding: dict[str, list[Piece]] = {}
        self.definitions: dict[str, list[Piece]] = {name: [] for name in functions}
        self.spoilt: dict[str, Piece] = {}
        self._before: dict[str, list[Piece]] = {}  # definitions that are spoilt
        self.foreign: list[Piece] = []  # star imports of modules that are neither provided nor ours
        self.tests: list[Piece] = []  # a star import of the public tests
        self.rest: list[Piece] = []
        self._locked = {cell.number for cell in cells if cell.locked}
        self._tried = {
            piece.statement.cell
            for piece in self.pieces
            if piece.words and not piece.words.isdisjoint(functions) and self.tries(piece)
        }
        self._suspect = self._tried | self._locked
        self.usable = [piece for piece in self.pieces if piece.binds or piece.changes or piece.module]
        self.futures = [piece for piece in self.usable if piece.module == "__future__"]
        self._last_defined = {
            piece.statement.cell: piece.statement.place
            for piece in self.usable
            if piece.statement.cell in self._tried
            and piece.kind in DEFINING
            and not piece.binds.isdisjoint(functions)
        }
        for piece in self.usable:
            self._bind(piece)
        for name in [name for name, pieces in self.definitions.items() if not pieces]:
            self.definitions[name] = self._made_by_calls(name)

    def _made_by_calls(self, name: str) -> list[Piece]:
        """Return the calls of the author's functions that declare a graded one `global`, and so define it."""
        makers = {
            function
            for function, pieces in self.binding.items()
            for piece in pieces
            if piece.kind in DEFINING and name in definitions.global_names(piece.statement.source)
        }
        return [p for p in self.pieces if makers and _calls(p, makers) and not self.tries(p)]

    def _bind(self, piece: Piece) -> None:
        """Index a piece by the names that it binds or changes."""
        if piece.kind is ast.Pass and piece.module:
            self.files.setdefault(piece.module, []).append(piece)
            return
        suspect = piece.statement.cell in self._suspect and piece.kind not in DEFINING + IMPORTING
        counts = not (suspect and self._is_of_a_trial(piece))
        for name in self.names_bound(piece) if ALL in piece.binds else piece.binds:
            if name not in self.definitions:
                if counts:
                    self.binding.setdefault(name, []).append(piece)
            elif self._defines(piece, name):
                self.definitions[name].append(piece)
            else:
                self._spoil(piece, name)
        if not counts:
            self.rest.append(piece)
        elif piece.changes:
            for name in piece.changes - piece.binds:
                self.binding.setdefault(name, []).append(piece)
        if piece.kind is ast.Delete or piece.binds_any:
            self._reach(piece)

    def _spoil(self, piece: Piece, name: str) -> None:
        """Drop the definitions of a graded function if a piece deletes it or makes it not callable.

        Importing a function over it restores the earlier definitions.
        """
        if piece.kind in IMPORTING and name in self.spoilt and not self.definitions[name]:
            self.definitions[name] = self._before.pop(name)
            del self.spoilt[name]
        elif piece.cell not in self._locked and definitions.spoils(piece.statement.source, name):
            self._before[name] = self.definitions[name] or self._before.get(name, [])
            self.definitions[name] = []
            self.spoilt[name] = piece

    def _reach(self, piece: Piece) -> None:
        """Account for a piece that deletes graded functions, or binds them in unusual ways."""
        if piece.kind is ast.Delete:
            for name in piece.changes & self.functions:
                self._spoil(piece, name)
        elif piece.cell not in self._locked and not self.tries(piece):
            for name in (self.functions - piece.binds) & self._spelled(piece):
                self.definitions[name].append(piece)

    def _spelled(self, piece: Piece) -> frozenset[str]:
        """Return the words of a piece that may bind any name, and of the strings and files that it names."""
        texts = [p for word in piece.words for p in self.binding.get(word, ()) if p.kind is ast.Assign]
        texts += [p for module, pieces in self.files.items() if module in piece.words for p in pieces]
        return piece.words.union(*(re.findall(r"\w+", text.statement.source) for text in texts))

    def names_bound(self, piece: Piece) -> frozenset[str]:
        """Return the names that a piece binds, including those of `from provided_module import *`."""
        if ALL not in piece.binds or piece.kind is not ast.ImportFrom:
            return piece.binds
        known = self._known_modules()
        if piece.module not in known and piece.module == PUBLIC_TESTS:
            self.tests = [piece]
        elif piece.module not in known and piece not in self.foreign:
            self.foreign.append(piece)
        return names_in(piece.module or "", known)

    @functools.cached_property
    def shadowing(self) -> list[Piece]:
        """Return the star imports that shadow builtins, such as `sum` and `max`."""
        return [piece for piece in self.foreign if (piece.module or "").partition(".")[0] in SHADOWING]

    def _known_modules(self) -> Mapping[str, str]:
        """Return the sources of the modules that the notebook writes, or that are provided."""
        written = {
            module: "\n".join(piece.statement.source.partition("\n")[2] for piece in pieces)
            for module, pieces in self.files.items()
        }
        return {**self.wanted.modules, **written}

    # ------------------------------------------------------------ what a program may have

    def _defines(self, piece: Piece, name: str) -> bool:
        """Return whether a piece that binds the name of a graded function binds it to a function."""
        if piece.kind in DEFINING:
            return True
        if piece.kind in IMPORTING:
            return piece.module in self.files
        return piece.cell not in self._locked and definitions.defines(
            piece.statement.source, name, self.functions
        )

    def _is_of_a_trial(self, piece: Piece) -> bool:
        """Return whether a piece sets up a trial of a graded function, and is no constant.

        Statements above a function that is defined in the same cell are not part of its trial.
        """
        if any(one.owner in self.functions for one in attached(piece.statement.source)):
            return False
        tried = piece.cell in self._tried and piece.statement.place > self._last_defined.get(piece.cell, (0,))
        if piece.cell in self._locked or (
            tried and (not piece.clean or piece.kind in (ast.Assign, ast.AnnAssign))
        ):
            return True
        return not piece.clean and self.tries(piece)

    def tries(self, piece: Piece) -> bool:
        """Return whether a piece that is not clean may call a graded function."""
        if piece.words.isdisjoint(self.functions):
            return False
        return definitions.tries(piece.statement.source, self.functions)

    def bound(self, name: str) -> list[Piece]:
        """Return the pieces that make the value of a name; none of them calls a graded function."""
        return self._imported_once(self._making(name))

    def _imported_once(self, pieces: list[Piece]) -> list[Piece]:
        """Leave out that NumPy is imported again, if nothing else binds the name.

        Many notebooks do so in every other cell; the programs of their functions differ in nothing else.
        """
        again = pieces[0].statement.source if len(pieces) > 1 else ""
        if again not in NUMPY or self._may_not_be_numpy:
            return pieces
        if any(piece.clean and piece.statement.source != again for piece in pieces):
            return pieces
        return [pieces[0], *(piece for piece in pieces if piece.statement.source != again)]

    @functools.cached_property
    def _may_not_be_numpy(self) -> bool:
        """True if a star import or a text that is run may bind any name, or a module is called `numpy`."""
        return bool(self.foreign) or ALL in self.binding or "numpy" in {*self.files, *self.wanted.modules}

    def _making(self, name: str) -> list[Piece]:
        pieces = self.binding.get(name, [])
        setting = self._set_inside.get(name)
        if not pieces and name not in BUILTINS and name != RANDOM:
            pieces = self.binding.get(ALL, []) or (self.tests if name == "np" else [])
        if setting is None and all(piece.clean for piece in pieces):
            return pieces
        makers = {piece.kind for piece in pieces if name in self.names_bound(piece)}
        if makers and makers <= {
            *DEFINING,
            *IMPORTING,
        }:  # calls change none of these, but attributes may be set
            pieces = [piece for piece in pieces if piece.clean or _sets_part(piece)]
        if setting is not None:
            pieces = [*pieces, *self._calls_of(setting)]
        kept = [p for p in pieces if p.clean or not definitions.tries(p.statement.source, self._trying)]
        made = name == RANDOM or setting or any(p.binds_any or name in self.names_bound(p) for p in kept)
        return kept if made else []

    @functools.cached_property
    def _set_inside(self) -> Mapping[str, set[str]]:
        """Return the names that calls of the author's functions set or change, with those functions.

        An object with a method that decorates is changed by decorating, and a class by its class methods.
        """
        setting: dict[str, set[str]] = {}
        for function, pieces in self.binding.items():
            for piece in pieces:
                if piece.kind not in DEFINING or function not in piece.binds:
                    continue
                source = piece.statement.source
                data = {name for name in piece.reads if self._is_data(name)}
                if "seed" in source:
                    data.add(RANDOM)
                for name in data and data & definitions.set_inside(source):
                    setting.setdefault(name, set()).add(function)
                if piece.kind is ast.ClassDef and "classmethod" in source:
                    setting.setdefault(function, set()).add(function)
        for piece in self.pieces:
            if piece.kind in DEFINING and piece.statement.source.startswith("@"):
                for name in definitions.decorating_objects(piece.statement.source) - self._imported:
                    setting.setdefault(name, set()).add(name)
        return setting if len(setting) <= MOST_SET else {}

    @functools.cached_property
    def _imported(self) -> frozenset[str]:
        return frozenset(name for piece in self.pieces if piece.kind in IMPORTING for name in piece.binds)

    def _is_data(self, name: str) -> bool:
        """Return whether a name is bound other than by a definition or an import."""
        return name not in self.functions and not any(
            name in piece.binds and piece.kind in (*DEFINING, *IMPORTING)
            for piece in self.binding.get(name, ())
        )

    def _calls_of(self, functions: set[str]) -> list[Piece]:
        """Return the pieces that call some functions, directly or not, or decorate with them; no trials."""
        calling = self._and_readers(functions)
        trials = set(self.rest)
        return [piece for piece in self.pieces if piece not in trials and _calls(piece, calling)]

    @functools.cached_property
    def _trying(self) -> frozenset[str]:
        """Return the graded functions, and the author's functions that call them, directly or not."""
        return self._and_readers(self.functions)

    def _and_readers(self, names: Collection[str]) -> frozenset[str]:
        """Return some names, and the names of what reads them, directly or not."""
        found = set(names)
        before = -1
        while before < len(found):
            before = len(found)
            found |= {
                name
                for name, pieces in self.binding.items()
                if name not in found
                and any(piece.clean and not piece.reads.isdisjoint(found) for piece in pieces)
            }
        return frozenset(found)

    def reads(self, piece: Piece) -> frozenset[str]:
        """Return the global names that a piece reads."""
        if piece.clean and not self.futures:
            return piece.reads
        if not piece.clean:
            read = read_when_run(piece.statement.source)
            if not piece.binds_any:
                return read
            return read | (self._spelled(piece) & (self.binding.keys() | self.functions))
        lazy = any(future.statement.place < piece.statement.place for future in self.futures)
        return read_without_annotations(piece.statement.source) if lazy and piece.reads else piece.reads

    def written(self, pieces: set[Piece]) -> set[Piece]:
        """Return the files that pieces import, by their words, transitively."""
        words: set[str] = set()
        waiting = [*pieces]
        found: set[Piece] = set()
        while waiting and self.files:
            words.update(*(re.findall(r"\w+", piece.statement.source) for piece in waiting))
            waiting = [
                piece
                for module, written in self.files.items()
                for piece in written
                if piece not in found and module.rpartition(".")[2] in words
            ]
            found.update(waiting)
        return found

    # ------------------------------------------------------------ what it may not have

    def leftover(self, name: str) -> tuple[int, ...]:
        """Return the cells that set a name in a statement that no program may have."""
        pieces = (*self.rest, *self.binding.get(name, ()))
        return tuple(sorted({piece.cell for piece in pieces if name in piece.binds}))

    def hidden(self, name: str) -> int | None:
        """Return the first cell that would bind a name if it parsed."""
        return self._hidden.get(name)

    @functools.cached_property
    def _hidden(self) -> Mapping[str, int]:
        return {
            name: broken.cell.number
            for broken in reversed(self.broken)
            for name in self._lost(broken.cell.source)
        }

    def _lost(self, source: str) -> Iterator[str]:
        """Yield the names that a cell would bind if it parsed."""
        for line in HIDDEN.finditer(source):
            if line["defined"]:
                yield line["defined"]
            elif line["set"]:
                yield from re.findall(r"\w+", line["set"])
            elif "*" in line["imported"]:
                yield from names_in(line["module"] or "", self._known_modules())
            else:
                for part in line["imported"].split(","):
                    words = re.findall(r"\w+", part)
                    yield from words[-1:] if line["module"] or "as" in words else words[:1]


def _since_reset(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces after the last reset of the namespace, and the written files, which remain."""
    last = max((i for i, piece in enumerate(pieces) if RESET in piece.words), default=-1)
    return [piece for i, piece in enumerate(pieces) if i > last or (piece.kind is ast.Pass and piece.module)]


def _calls(piece: Piece, functions: Collection[str]) -> bool:
    """Return whether a piece may call some functions: directly, as decorators, or as decorated functions."""
    if not piece.clean:
        return not piece.words.isdisjoint(functions)
    if piece.kind not in DEFINING or not piece.statement.source.startswith("@"):
        return False
    reads = definitions.read_at_once(piece.statement.source)
    return not (reads | piece.binds).isdisjoint(functions)


def _sets_part(piece: Piece) -> bool:
    """Return whether a piece sets, deletes or reloads an attribute of what it changes."""
    return piece.kind in (ast.Assign, ast.Delete) or not piece.words.isdisjoint(SETTING)
