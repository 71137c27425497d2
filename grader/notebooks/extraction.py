"""Extract the graded functions of a notebook, and the program they need. Static only; nothing runs.

A notebook is a sequence of top-level statements. The last definition of a function wins, as when all cells
run. A graded function's program has what its body names, transitively: imports, functions, classes and
constants, with the calls and loops that make these; no other statements, and nothing that calls a graded
function to try it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.models.assignment import Wanted
from grader.models.submission import Cell, Found, Repair, State, Submission
from grader.notebooks import redefinitions
from grader.notebooks.graded_items import Notebook, own_regions
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.notebooks.notes import notes_on_cells, notes_on_definitions, notes_on_names
from grader.notebooks.statements import Broken, Pieces, parse_cell
from grader.notebooks.syntax_repair import mended


def extract(cells: Sequence[Cell], wanted: Wanted, names: NameMap = NO_NAMES) -> Submission:
    """Find each wanted function in a notebook, and the program that it needs.

    Args:
        cells: the cells of the notebook.
        wanted: the graded functions, with nbgrader ids and provided modules.
        names: the names that the author uses instead.

    Returns:
        the submission.
    """
    code = [cell for cell in cells if cell.kind == "code"]
    parsed = [parse_cell(cell) for cell in code]
    notebook = _whole(cells, code, parsed, wanted, names)
    views = {item: _until(item, notebook, parsed, wanted) for item in wanted.redefined}
    found = {item: _found(item, views.get(item, notebook)) for item in wanted.functions}
    parts = notebook.parts()
    written = {
        item: view.part(item) for item, view in views.items() if view and found[item].state is State.WRITTEN
    }
    repaired = {
        item: repair
        for item, one in found.items()
        if one.state is State.SYNTAX_ERROR and (repair := _repair(item, views.get(item) or notebook))
    }
    text = "\n".join([cell.source for cell in code])
    notes = (
        *notes_on_names(parts, notebook.scope),
        *notes_on_definitions(notebook.definitions(), {*notebook.counting.values()}),
        *notes_on_cells(cells, notebook.scope, found.values()),
    )
    return Submission(found, parts | written, repaired, notes, text)


def _repair(function: str, notebook: Notebook) -> Repair | None:
    """Return the program as it would be without the one syntax slip in the cell of `function`."""
    number = notebook.found[function].cell
    cell = next(cell for cell in notebook.code if cell.number == number)
    mend = mended(cell.source)
    if mend is None:
        return None
    pieces = parse_cell(replace(cell, source=mend.source))
    again = [
        pieces if part_of is cell else part
        for part_of, part in zip(notebook.code, notebook.parsed, strict=True)
    ]
    mended_notebook = Notebook(notebook.cells, notebook.code, again, notebook.wanted, notebook.names)
    if mended_notebook.found[function].state is not State.WRITTEN:
        return None
    return Repair(mended_notebook.parts(), mend.advice)


# ---------------------------------------------------------------- functions that several cells define


def _whole(
    cells: Sequence[Cell],
    code: Sequence[Cell],
    parsed: Sequence[Pieces | Broken],
    wanted: Wanted,
    names: NameMap,
) -> Notebook:
    """Return a notebook without what is graded as it is after a cell of its own."""
    own_names = names.also(wanted.of)
    for item in wanted.redefined:
        if wanted.of[item] in wanted.functions:
            others = own_regions(code, item, wanted)
            parsed = redefinitions.beside(parsed, others, own_names.theirs(item))
    last = tuple(item for item in wanted.functions if item not in wanted.redefined)
    return Notebook(cells, code, parsed, replace(wanted, functions=last), names)


def _until(
    item: str, notebook: Notebook, parsed: Sequence[Pieces | Broken], wanted: Wanted
) -> Notebook | None:
    """Return a notebook as it is after the cell of an item; None if no cell is marked as that."""
    own = own_regions(notebook.code, item, wanted)
    if not own:
        return None
    functions = (*_unchanging(notebook, wanted), item)
    above = redefinitions.until(parsed, own, notebook.names.theirs(item))
    only = replace(wanted, functions=functions, variables=())
    return Notebook(notebook.cells, notebook.code, above, only, notebook.names)


def _unchanging(notebook: Notebook, wanted: Wanted) -> Iterator[str]:
    """Yield the graded functions that are the same after each cell: they need none that is defined anew.

    Nor do they read a graded variable, which may have another value there.
    """
    parts = notebook.parts()
    again = {
        piece.statement
        for item in wanted.redefined
        for piece in notebook.scope.pieces
        if notebook.names.theirs(item) in piece.binds
    }
    changing = {*wanted.variables, *wanted.redefined, *(wanted.of[item] for item in wanted.redefined)}
    changing |= {item for item, part in parts.items() if not again.isdisjoint(part.statements)}
    while more := {item for item, part in parts.items() if part.uses & changing} - changing:
        changing |= more
    return (one for one in notebook.wanted.functions if {one, one.partition(".")[0]}.isdisjoint(changing))


def _found(item: str, view: Notebook | None) -> Found:
    """Return what was found of an item; None is a notebook that has no cell for it."""
    return view.found[item] if view else Found(State.MISSING, problem="No cell is marked as its own.")
