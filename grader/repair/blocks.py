"""Statements of a function by their paths, and copies of the function with one of them replaced."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Path = tuple[tuple[str, int], ...]
"""The way to a statement from the function: the field of each block on it, and the index in that block."""

FIELDS = ("body", "orelse", "finalbody")


@dataclass(frozen=True, slots=True)
class TreeEdit:
    """A function with one edit: the lines of the original that it concerns, the new tree, what is changed."""

    lines: tuple[int, int]
    tree: ast.FunctionDef
    says: str


def statements(function: ast.AST, before: Path = ()) -> Iterator[tuple[Path, ast.stmt]]:
    """Yield the statements of a function with their paths, outer ones first, without its docstring.

    Args:
        function: the function, or a statement with blocks.
        before: the path to it.

    Returns:
        an iterator of paths and statements.
    """
    for field in FIELDS:
        for i, statement in enumerate(getattr(function, field, ())):
            path = (*before, (field, i))
            if not (len(path) == 1 and i == 0 and _is_text(statement)):
                yield path, statement
                yield from statements(statement, path)


def with_block(function: ast.FunctionDef, path: Path, new: Sequence[ast.stmt], *, drop: int) -> ast.FunctionDef:
    """Return a copy of a function with other statements at a path.

    Args:
        function: the function.
        path: where the new statements begin.
        new: the new statements.
        drop: how many statements are dropped there.

    Returns:
        the copy.
    """
    made = copy.deepcopy(function)
    owner: ast.AST = made
    for field, i in path[:-1]:
        owner = getattr(owner, field)[i]
    field, i = path[-1]
    block = getattr(owner, field)
    block[i : i + drop] = copy.deepcopy([*new])
    if not block and field == "body":
        block.append(ast.Pass())
    return ast.fix_missing_locations(made)


def lines_of(node: ast.AST) -> tuple[int, int]:
    """Return the first and last line of a statement."""
    return getattr(node, "lineno", 1), getattr(node, "end_lineno", None) or getattr(node, "lineno", 1)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
