"""One-edit mutants of a function: small wrong versions of it, each a slip that people make."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from dataclasses import dataclass

from grader.mutation import arithmetic, arrays, names, ordering
from grader.mutation.operator import Edit, Operator, replaced

OPERATORS: tuple[Operator, ...] = (
    *arithmetic.OPERATORS,
    *arrays.OPERATORS,
    *names.OPERATORS,
    *ordering.OPERATORS,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source with one edit.

    `operator` is what made it, `line` is where (counted from 1), and `description` says what is wrong
    with it, to an instructor. `hint` says the same to a student; it is empty where it would not help.
    """

    operator: str
    line: int
    source: str
    description: str
    hint: str


def mutants(source: str, lines: Container[int] | None = None) -> Iterator[Mutant]:
    """Yield every mutant of a source that an operator makes, from the first line to the last.

    No two are the same code, and all of them compile. Docstrings, asserts, prints, defaults and
    annotations are left as they are; comments are lost.

    Args:
        source: of a function, a class, or another statement.
        lines: those on which an edit may begin, counted from 1; all when None.

    Raises:
        SyntaxError: the source does not parse.
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for operator, edit in _edits(tree):
        if lines is not None and edit.old.lineno not in lines:
            continue
        mutated = ast.unparse(ast.fix_missing_locations(replaced(tree, edit.old, edit.new)))
        if mutated not in seen and _compiles(mutated):
            yield Mutant(operator.name, edit.old.lineno, mutated, edit.description, edit.hint)
        seen.add(mutated)


def _edits(tree: ast.Module) -> list[tuple[Operator, Edit]]:
    found = [(operator, edit) for operator in OPERATORS for edit in operator.edits(tree)]
    return sorted(found, key=lambda pair: (pair[1].old.lineno, pair[1].old.col_offset))


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


__all__ = ["OPERATORS", "Mutant", "mutants"]
