"""Read deeplearning.ai notebooks, whose tests are functions of a module beside them."""

from __future__ import annotations

import ast
import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.importers.answers import bound_in
from grader.importers.beside import files_beside, identifier
from grader.importers.cell_trees import tree_of
from grader.importers.dlai_markers import is_answered, with_markers
from grader.importers.notebook_files import notebooks_below, read_each
from grader.importers.source import Piece, Read, Role, SourceCell, SourceNotebook, Unreadable
from grader.notebooks.reader import joined, plain

GRADED = re.compile(
    r"^[ \t]*#+[ \t]*GRADED[ \t]+(?:FUNCTIONS?|CLASS(?:ES)?|CELL)\b[ \t]*:?(.{0,200})$", re.MULTILINE
)
UNGRADED = re.compile(r"^[ \t]*#+[ \t]*UNGRADED\b", re.MULTILINE)
UNIQUE = re.compile(r"^[ \t]*#+[ \t]*UNQ_C\d+\b", re.MULTILINE)
BEGINS = re.compile(r"#[ \t]{0,20}START CODE HERE", re.IGNORECASE)
TESTS = "public_tests"
HELPER = "given_tests"
"""The module with the tests, and its name here, where `public_tests` is what students receive from grader."""

CALL = re.compile(r"(?:[\w, ]{0,80}= {0,9})?(?:\w{1,80}\.)?(\w{1,80})\(([^()]*)\) {0,9};? {0,9}(?:#[^\n]*)?$")
HANDED = re.compile(r"^\w+_test\((\w+)\)", re.MULTILINE)
IMPORTS_TESTS = re.compile(rf"from {TESTS} import|import {TESTS}\b")
IMPORT_OF_TESTS = re.compile(
    rf"^(?:from {TESTS} import[ ]*(\*)?|import {TESTS}\b)[^\n(]*$(?:\n|\Z)", re.MULTILINE
)
"""The same, as a line of a cell whose other lines stay."""

NO_ANSWERS = "it has no solutions: is it the notebook that students receive?"
POINTS = 10.0
"""What a function is worth: the notebooks do not say it."""


def recognises(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook has graded functions as those of deeplearning.ai are marked."""
    sources = [joined(cell.get("source")) or "" for cell in _code_cells(notebook)]
    return any(GRADED.search(source) or UNIQUE.search(source) for source in sources)


def read(path: Path) -> Iterator[Read]:
    """Read the deeplearning.ai notebooks of a folder, or one notebook.

    Args:
        path: the folder or the file.

    Returns:
        an iterator of notebooks, or of what is wrong with each.
    """

    def read_one(file: Path, notebook: Mapping[str, Any]) -> Read | None:
        if not recognises(notebook):
            return None
        source = notebook_of(file, notebook)
        answered = any(is_answered(cell.source) for cell in source.of_role(Role.SOLUTION))
        return source if answered else Unreadable(str(file), NO_ANSWERS)

    return read_each(notebooks_below(path), read_one)


def notebook_of(file: Path, notebook: Mapping[str, Any]) -> SourceNotebook:
    """Return a notebook as a source.

    Args:
        file: its path.
        notebook: what is in it.

    Returns:
        the source.
    """
    reader = _Reader(file.parent, _handed_to_tests(notebook))
    for number, cell in enumerate(notebook["cells"], 1):
        reader.take(number, cell)
    cells = [
        *_with_trials(
            reader.cells, {name: at for name, at in reader.graded.items() if name not in reader.tested}
        )
    ]
    beside = files_beside(file, [cell for cell in cells if cell.role is not Role.TEST], [TESTS])
    helpers = {f"{HELPER}.py" if one == f"{TESTS}.py" else one: text for one, text in beside.helpers.items()}
    texts = "\n".join([cell.source for cell in cells] + [*beside.modules.values(), *helpers.values()])
    return SourceNotebook(
        name=identifier(file.stem),
        path=str(file),
        cells=tuple(cells),
        notebook=file.name,
        modules=beside.modules,
        helpers=helpers,
        data={name: data for name, data in beside.data.items() if Path(name).name in texts},
        listed=beside.listed,
    )


class _Reader:
    """Reads cells in order; `tests` are the functions of the module with tests, `handed` what they get.

    `lent` are the imports of installed modules there: who imports all of it gets these too.
    """

    def __init__(self, folder: Path, handed: frozenset[str]) -> None:
        module = _tree_of(folder / f"{TESTS}.py")
        self.tests = frozenset(one.name for one in module.body if isinstance(one, ast.FunctionDef))
        self.lent = {
            alias.asname or alias.name: ast.unparse(ast.Import([alias])) + "\n"
            for one in module.body
            if isinstance(one, ast.Import)
            for alias in one.names
            if not (folder / f"{alias.name.partition('.')[0]}.py").exists()
        }
        self.handed = handed
        self.cells: list[SourceCell] = []
        self.graded: dict[str, int] = {}
        self.tested: set[str] = set()

    def take(self, number: int, cell: Mapping[str, Any]) -> None:
        """Read one cell."""
        source = plain(joined(cell.get("source")) or "")
        if cell.get("cell_type") != "code":
            self.cells.append(SourceCell(number, Role.TEXT, source))
        elif UNGRADED.search(source) is None and (names := _graded(source, self.handed)):
            self.graded |= dict.fromkeys(names, number)
            unmarked = self._without_import(GRADED.sub("", source)).lstrip("\n")  # a name may be misspelt
            self.cells.append(SourceCell(number, Role.SOLUTION, with_markers(unmarked, names)))
        else:
            self._code(number, source, _grading(cell))

    def _code(self, number: int, source: str, grading: Mapping[str, Any]) -> None:
        """Take the tests out of a cell, and the imports of their module."""
        source = self._without_import(source)
        if not source:
            return
        statements = _statements(source)
        tests = [text for text in statements if self._about(text)]
        kept = [text for text in statements if not self._about(text) and not IMPORTS_TESTS.match(_bare(text))]
        if len(kept) == len(statements):
            self.cells.append(SourceCell(number, Role.CODE, source))
            return
        if kept:
            self.cells.append(SourceCell(number, Role.CODE, "\n".join(kept)))
        for text in tests:
            about = self._about(text)
            again = sum(cell.role is Role.TEST and cell.of == about for cell in self.cells)
            self.tested |= {*about}
            test = _test(number, f"{self._import(text)}\n{text}", about, grading)
            name = f"{test.name} {again + 1}" if again else test.name
            self.cells.append(dataclasses.replace(test, name=name))

    def _without_import(self, source: str) -> str:
        """Return a cell without the import of all tests, but with that of the modules that come with them."""
        if not IMPORT_OF_TESTS.search(source):
            return source
        code = [cell for cell in self.cells if cell.role is not Role.TEXT]
        bound = {name for cell in (*code, SourceCell(0, Role.CODE, source)) for name in bound_in(cell)}
        own = "".join(text for name, text in self.lent.items() if name not in bound)
        return IMPORT_OF_TESTS.sub(lambda found: own if found[1] else "", source).rstrip("\n")

    def _about(self, statement: str) -> tuple[str, ...]:
        """Return the graded functions that a statement hands to a test."""
        called = CALL.match(_bare(statement))
        if called is None or (called[1] not in self.tests and not called[1].endswith("_test")):
            return ()
        return tuple(name for name in re.findall(r"\w+", called[2]) if name in self.graded)

    def _import(self, statement: str) -> str:
        called = CALL.match(_bare(statement))
        module = HELPER if self.tests else TESTS
        return f"from {module} import {called[1]}" if called else ""


def _bare(statement: str) -> str:
    """Return a statement without the comments and blank lines above it."""
    lines = statement.strip().split("\n")
    above = itertools.takewhile(lambda line: line.lstrip()[:1] in {"", "#"}, lines)
    return "\n".join(lines[len([*above]) :]).lstrip()


def _test(number: int, text: str, about: tuple[str, ...], grading: Mapping[str, Any]) -> SourceCell:
    points = grading.get("points")
    return SourceCell(
        number=number,
        role=Role.TEST,
        source=text,
        grade_id=str(grading.get("grade_id") or ""),
        name="_".join([*about, "test"]),
        points=float(points) if isinstance(points, int | float) and points else POINTS,
        pieces=(Piece(text),),
        of=about,
    )


def _with_trials(cells: Sequence[SourceCell], untested: Mapping[str, int]) -> Iterator[SourceCell]:
    """Yield cells, and after each one that tries out an untested function a test that does the same.

    Notebooks of earlier years have no module with tests: they print what functions return.
    """
    waiting = dict(untested)
    for cell in cells:
        yield cell
        if cell.role is not Role.CODE:
            continue
        called = _called_when_run(cell.source)
        tried = [name for name, at in waiting.items() if at < cell.number and name in called]
        for name in tried:
            del waiting[name]
            yield _test(cell.number, cell.source, (name,), {})


def _called_when_run(source: str) -> frozenset[str]:
    """Return the names that a cell calls outside of what it defines."""
    tree = tree_of(source) or ast.Module([], [])
    run = [one for one in tree.body if not isinstance(one, ast.FunctionDef | ast.ClassDef)]
    calls = (node.func for one in run for node in ast.walk(one) if isinstance(node, ast.Call))
    return frozenset(called.id for called in calls if isinstance(called, ast.Name))


def _tree_of(module: Path) -> ast.Module:
    """Return the syntax tree of a module; an empty one if it is not there."""
    try:
        tree = tree_of(module.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        tree = None
    return tree or ast.Module([], [])


def _grading(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what nbgrader notes of a cell: notebooks of these years were made with it."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return nbgrader if isinstance(nbgrader, dict) and nbgrader.get("grade") else {}


def _code_cells(notebook: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return (cell for cell in notebook.get("cells", ()) if cell.get("cell_type") == "code")


def _handed_to_tests(notebook: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that a notebook hands to tests: some are graded whose cells do not say so."""
    sources = (joined(cell.get("source")) or "" for cell in _code_cells(notebook))
    return frozenset(name for source in sources for name in HANDED.findall(source))


def _graded(source: str, handed: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names of the graded functions and classes of a cell; none if it is not graded."""
    is_marked = any(mark.search(source) for mark in (GRADED, UNIQUE, BEGINS))
    if not (is_marked or handed):
        return ()
    tree = tree_of(source) or ast.Module([], [])
    defined = tuple(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    said = {name for mark in GRADED.finditer(source) for name in re.findall(r"\w+", mark[1])}
    if marked := tuple(name for name in defined if name in said):
        return marked
    return defined if is_marked else tuple(name for name in defined if name in handed)


def _statements(source: str) -> list[str]:
    """Return the statements of a cell with the comments above each; the cell as one if it does not parse."""
    tree = tree_of(source)
    if tree is None:
        return [source]
    lines = source.split("\n")
    ends = [node.end_lineno or node.lineno for node in tree.body]
    if len({*ends}) < len(ends):
        return [source]
    return ["\n".join(lines[first:last]) for first, last in zip([0, *ends], ends, strict=False)]
