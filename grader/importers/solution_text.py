"""Write the solution of an imported assignment: a percent-format notebook."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.authoring.public_test_names import misnamed
from grader.importers.marked_answers import marked, with_right_markers
from grader.importers.planning import Item, Plan
from grader.importers.recording import module_name
from grader.importers.source import Role, SourceCell
from grader.models.submission import Cell
from grader.notebooks.magics import python_of
from grader.notebooks.markers import END, START, regions
from grader.notebooks.solution import Written, script_of
from grader.notebooks.statements import Broken, Piece, parse_cell, read_when_run


def solution_text(plan: Plan) -> str:
    """Return the solution of a plan as a percent-format script."""
    named = _items_by_cell(plan)
    tests = _tests_by_cell(plan)
    cells: list[Written] = [("code", "from public_tests import *")] if tests else []
    given: list[int] = []
    for cell in plan.source.cells:
        later = _read_below(plan, cell.number) if cell.role is Role.TEST else frozenset[str]()
        made = [*_cells(cell, named.get(cell.number, ()), tests.get(cell.number, ()), later)]
        given += [len(cells)] if cell.role is Role.CODE and made else []
        cells += made
    names = {call.partition("(")[0] for calls in tests.values() for call in calls}
    modules = {module_name(path): text for path, text in plan.source.modules.items()}
    return script_of(_with_shown(cells, given, modules, names))


def _with_shown(
    cells: list[Written], given: Sequence[int], modules: Mapping[str, str], tests: Collection[str]
) -> list[Written]:
    """Return cells in which given code is text if it calls what nothing defines: students cannot run it."""
    while True:
        sources = [source if kind == "code" else "" for kind, source in cells]
        named = [*misnamed(sources, modules, tests)]
        lost = [at for at in given if named[at]]
        if not lost:
            return cells
        cells = [_shown(source) if at in lost else (kind, source) for at, (kind, source) in enumerate(cells)]


def _shown(source: str) -> Written:
    return _text(f"```python\n{source}\n```")


def _code(source: str) -> Written:
    return "code", source


def _text(source: str) -> Written:
    return "markdown", source


def _items_by_cell(plan: Plan) -> dict[int, list[Item]]:
    """Return the items by the number of the cell that students write them in."""
    found: dict[int, list[Item]] = {}
    for item in plan.items:
        found.setdefault(item.cell, []).append(item)
    return found


def _tests_by_cell(plan: Plan) -> dict[int, list[str]]:
    """Return the calls of public tests by the number of the test cell in whose place they stand."""
    found: dict[int, list[str]] = {}
    for item in plan.items:
        last = item.blocks[-1].test.cell.number
        found.setdefault(last, []).append(f"{item.name}_test({item.of})")
    return found


def _cells(
    cell: SourceCell, items: Sequence[Item], tests: Sequence[str], later: frozenset[str]
) -> Iterator[Written]:
    """Yield the cells that stand in the place of one of the source; `later` are the names read below it."""
    if cell.role is Role.TEST:
        shown = (kept_of(cell, later), "\n".join(tests))
        yield from (_code(source) for source in shown if source)
    elif cell.role is Role.TEXT:
        if cell.source.strip():
            yield _text(cell.source)
    elif cell.role is Role.QUESTION:
        yield _text(_question(cell))
    elif cell.role is Role.MANUAL:
        yield _text(f"**Question: {cell.title}**")
        yield _code(marked(cell.source))
    elif cell.role is Role.SOLUTION:
        yield _code(_headed(marked(cell.source), items))
    elif isinstance(parse_cell(Cell(cell.number, cell.source)), Broken):
        yield _shown(cell.source)  # it cannot be run
    elif cell.source.strip():
        yield _code(with_right_markers(cell.source))


def kept_of(cell: SourceCell, later: frozenset[str]) -> str:
    """Return the imports of a test, and what else it sets that later cells read and students see.

    Args:
        cell: the test.
        later: the names that cells below it read.

    Returns:
        the statements.
    """
    kept: list[str] = []
    for piece in cell.pieces:
        found = () if piece.hidden else parse_cell(Cell(cell.number, piece.source))
        kept += [
            one.statement.source
            for one in (found if isinstance(found, tuple) else ())
            if (one.kind is ast.Assign and not later.isdisjoint(one.binds)) or _is_needed(one, later)
        ]
    return "\n".join(kept)


def _is_needed(piece: Piece, later: frozenset[str]) -> bool:
    """Return whether it imports something for cells anywhere: a function may run below the test."""
    names = {*piece.binds, *(f"import {name}" for name in piece.binds)}
    return piece.kind in (ast.Import, ast.ImportFrom) and not later.isdisjoint(names)


def _read_below(plan: Plan, number: int) -> frozenset[str]:
    """Return the names that the cells below one read which are no tests, but for what students set.

    What only a cell above it reads is `import NAME`.
    """
    found: set[str] = set()
    for cell in plan.source.of_role(Role.CODE, Role.SOLUTION, Role.MANUAL):
        reads = read_when_run(python_of(cell.source))
        found |= reads if cell.number > number else {f"import {name}" for name in reads}
    return frozenset(found) - {item.of for item in plan.items}


def _question(cell: SourceCell) -> str:
    """Return the text of a question; the whole of an answer without markers is one."""
    found, _ = regions(cell.source, code=False)
    answer = cell.source if found else f"{START}\n{cell.source}\n{END}"
    return f"**Question: {cell.title}**\n\n{answer}"


def _headed(source: str, items: Sequence[Item]) -> str:
    """Return a cell with a line above it for each item: without its answer, nothing else names them."""
    kinds: Mapping[str, str] = {"function": "FUNCTION", "class": "CLASS"}
    heads = [f"# GRADED {kinds.get(one.kind, 'VARIABLE')}: {one.name}" for one in items]
    return "\n".join([*heads, source])
