"""Find methods in the source of a class, and take them out. Static only."""

from __future__ import annotations

import ast
import functools
import textwrap
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from grader.models.execution import Statement
from grader.notebooks.statements import bound_names

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Method(NamedTuple):
    """A method: its source, dedented, and the line of the class's source on which it begins, from 1."""

    source: str
    line: int


@functools.lru_cache(maxsize=512)
def method_of(source: str, name: str) -> Method | None:
    """Return a method of a class.

    Args:
        source: the source of the class.
        name: the name of the method; the last definition counts.

    Returns:
        the method, or None if the class defines none of that name.
    """
    lines = source.split("\n")
    found = [node for node in _members(source) if isinstance(node, Function) and node.name == name]
    if not found:
        return None
    node = found[-1]
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return Method(textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])), first)


@functools.lru_cache(maxsize=512)
def inherits(source: str, name: str) -> bool:
    """Return whether a class may have a method that it does not define: by a base class or an assignment.

    Args:
        source: the source of the class.
        name: the name of the method.

    Returns:
        True if it may.
    """
    try:
        node = ast.parse(source).body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError):
        return True
    bases = isinstance(node, ast.ClassDef) and bool(node.bases or node.decorator_list)
    return bases or any(name in bound_names(member) for member in _members(source))


@functools.lru_cache(maxsize=512)
def methods_called(source: str) -> frozenset[str]:
    """Return the names of the attributes of `self`, or the first parameter, that a method reads."""
    try:
        node = ast.parse(source).body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError):
        return frozenset()
    if not isinstance(node, Function) or not node.args.args:
        return frozenset()
    own = node.args.args[0].arg
    return frozenset(
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == own
    )


def without_methods(statement: Statement, names: Collection[str]) -> Statement:
    """Return a statement without some methods, if it is the class that defines them.

    Args:
        statement: any statement.
        names: methods, such as `LinearRegression.fit`.

    Returns:
        the statement, or a class without those methods.
    """
    owners = {name.partition(".")[0] for name in names}
    if not any(owner in statement.source for owner in owners):
        return statement
    tree = ast.parse(statement.source)
    node = tree.body[0]
    if not isinstance(node, ast.ClassDef) or node.name not in owners:
        return statement
    gone = {name.partition(".")[2] for name in names if name.partition(".")[0] == node.name}
    node.body = [n for n in node.body if not (isinstance(n, Function) and n.name in gone)] or [ast.Pass()]
    return replace(statement, source=ast.unparse(tree))


def _members(source: str) -> list[ast.stmt]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return body[0].body if body and isinstance(body[0], ast.ClassDef) else []
