"""Write a test whose own text judges, as a function that gets proxies of what students define."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from grader.importers.literals import CannotWriteError, Literals
from grader.importers.planning import Block, Plan
from grader.importers.source import Role
from grader.models.submission import Cell
from grader.notebooks.magics import python_of
from grader.notebooks.statements import BUILTINS, Piece, bound_names, parse_cell, read_when_run

FEW_CHARACTERS = 2000
"""The length of a value of the notebook that is written into a test."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A test as a function: its title, parameters, body, and whether it is hidden."""

    title: str
    parameters: tuple[str, ...]
    body: str
    hidden: bool

    def text(self, item: str) -> str:
        """Return the declaration of the test."""
        secret = ", hidden=True" if self.hidden else ""
        name = re.sub(r"\W+", "_", f"{item} {self.title}")
        inside = textwrap.indent(self.body, "    ")
        return (
            f"@{item}.assertion({self.title!r}{secret})\ndef {name}({', '.join(self.parameters)}):\n{inside}"
        )


def joined(assertions: Iterable[Assertion], title: str) -> Assertion:
    """Return several tests as one.

    Args:
        assertions: the tests, in order.
        title: its title.

    Returns:
        the test, which is hidden if one of them is.
    """
    found = [*assertions]
    parameters = {name for one in found for name in one.parameters}
    body = "\n".join(one.body for one in found)
    return Assertion(title, tuple(sorted(parameters)), body, any(one.hidden for one in found))


def assertion_of(block: Block, title: str, plan: Plan) -> Assertion:
    """Return a test as a function.

    Args:
        block: the test, with its steps.
        title: its title.
        plan: the plan, with the notebook that has what the test uses besides.

    Returns:
        the function.

    Raises:
        CannotWriteError: it uses something that cannot go with it.
    """
    test = block.test
    source = "\n".join(python_of(piece.source) for piece in test.cell.pieces)
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CannotWriteError(f"the test does not parse: {error.msg}") from None
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        raise CannotWriteError("the test has an import of *")
    parameters = tuple(sorted(name for name, kind in test.about.items() if kind != "other"))
    own = {name for one in tree.body for name in bound_names(one)}
    given = _context(source, {*parameters, *own}, block, plan)
    return Assertion(title, parameters, "\n".join([*given, ast.unparse(tree)]), block.hidden)


def _context(source: str, known: set[str], block: Block, plan: Plan) -> list[str]:
    """Return the statements that make what a test uses of the notebook besides what students define."""
    pieces = _pieces(plan, block.test.cell.number)
    students = {*block.test.about}
    made: dict[Piece, str] = {}
    values: list[str] = []
    waiting, seen = [*read_when_run(source)], {*known}
    while waiting:
        name = waiting.pop()
        if name in seen or name in BUILTINS:
            continue
        seen.add(name)
        written = Literals().write(block.test.outside[name]) if name in block.test.outside else ""
        if written and len(written) <= FEW_CHARACTERS and "RECORDED[" not in written:
            values.append(f"{name} = {written}")
            continue
        binding = [piece for piece in pieces if name in piece.binds]
        if not binding:
            continue
        last = binding[-1]
        made[last] = last.statement.source
        needs = {*(last.reads if last.clean else read_when_run(last.statement.source))}
        waiting += needs
        if students & needs:
            raise CannotWriteError(f"the test uses {name}, which uses what students define")
    order = sorted(made, key=lambda piece: piece.statement.place)
    return [*(made[piece] for piece in order), *values]


def _pieces(plan: Plan, before: int) -> list[Piece]:
    """Return the statements of the notebook above a cell, and of the tests there."""
    found: list[Piece] = []
    for cell in plan.source.cells:
        if cell.number < before and cell.role not in (Role.TEXT, Role.QUESTION):
            pieces = parse_cell(Cell(cell.number, cell.source))
            found += pieces if isinstance(pieces, tuple) else ()
    return found
