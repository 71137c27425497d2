"""Make mutants of a function: versions with one edit, each a common mistake."""

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

    `operator` is the name of the mutation operator, `line` the line of the edit, from 1. `description` says
    what is wrong to an instructor, `hint` to a student; it is empty where it would not help.
    """

    operator: str
    line: int
    source: str
    description: str
    hint: str
    column: int = 1


def mutants(source: str, lines: Container[int] | None = None) -> Iterator[Mutant]:
    """Yield every mutant of a source, in the order of its lines.

    All mutants are different and compile. Docstrings, asserts, prints, defaults and annotations are not
    mutated; comments are lost.

    Args:
        source: the source of a function, a class, or another statement.
        lines: the lines on which an edit may begin, from 1; None for all.

    Returns:
        an iterator of mutants.

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
            place = (edit.old.lineno, edit.old.col_offset + 1)
            yield Mutant(operator.name, place[0], mutated, edit.description, edit.hint, place[1])
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
