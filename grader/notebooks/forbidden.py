"""Find what a function uses and its exercise forbids: keywords, names and modules. Static only."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from grader.models.execution import Statement

KEYWORDS: Mapping[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor, ast.comprehension),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "else": (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.Try),
    "lambda": (ast.Lambda,),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef),
    "class": (ast.ClassDef,),
    "try": (ast.Try,),
    "with": (ast.With, ast.AsyncWith),
    "import": (ast.Import, ast.ImportFrom),
    "global": (ast.Global,),
    "yield": (ast.Yield, ast.YieldFrom),
    "in": (ast.In, ast.NotIn),
    "is": (ast.Is, ast.IsNot),
    "not": (ast.Not, ast.NotIn, ast.IsNot),
    "and": (ast.And,),
    "or": (ast.Or,),
    "assert": (ast.Assert,),
    "del": (ast.Delete,),
    "break": (ast.Break,),
    "continue": (ast.Continue,),
    "return": (ast.Return,),
    "raise": (ast.Raise,),
    "pass": (ast.Pass,),
    "except": (ast.ExceptHandler,),
    "nonlocal": (ast.Nonlocal,),
}
"""Keyword -> the kinds of nodes that have it; `for` is in comprehensions too."""

USUAL = {"np": "numpy", "plt": "matplotlib.pyplot", "pd": "pandas", "scipy": "scipy"}
"""The usual short names of modules."""


class Use(NamedTuple):
    """What is used although it is forbidden, and where."""

    what: str
    cell: int
    line: int


def uses_of(statements: Iterable[Statement], forbidden: Iterable[str]) -> Iterator[Use]:
    """Yield what statements use that is forbidden, in their order.

    Args:
        statements: the function and all that it needs.
        forbidden: keywords, names such as `np.dot` and `sorted`, and modules.

    Returns:
        an iterator of uses; the innermost lines cannot be told apart in code that is made at run time.
    """
    listed = [*statements]
    aliases = dict(USUAL)
    trees = [(statement, tree) for statement in listed if (tree := _parsed(statement.source)) is not None]
    for _, tree in trees:
        aliases |= _aliases(tree)
    whole = {name: _whole(name, USUAL | aliases) for name in forbidden if name not in KEYWORDS}
    for statement, tree in trees:
        found = [
            (line, name)
            for node in ast.walk(tree)
            for name in forbidden
            if (line := _line(node, name, whole.get(name, ""), aliases))
        ]
        for line, name in sorted(found):
            yield Use(name, statement.cell, statement.line + line - 1)


def _line(node: ast.AST, name: str, whole: str, aliases: Mapping[str, str]) -> int:
    """Return the line on which a node uses something forbidden, or 0."""
    if name in KEYWORDS:
        operators = [*getattr(node, "ops", ()), getattr(node, "op", None)]
        if not any(isinstance(one, KEYWORDS[name]) for one in (node, *operators)):
            return 0
        if name == "else" and not getattr(node, "orelse", None):
            return 0
        target = node.target if isinstance(node, ast.comprehension) else node
        return getattr(target, "lineno", 0)
    match node:
        case ast.Import(names=imported):
            used = [alias.name for alias in imported]
        case ast.ImportFrom(module=module, names=imported):
            used = [f"{module}.{alias.name}" for alias in imported]
        case ast.Attribute() | ast.Name():
            used = [_dotted(node, aliases)]
        case _:
            return 0
    hit = any(one == whole or one.startswith(f"{whole}.") for one in used)
    return getattr(node, "lineno", 0) if hit else 0


def _dotted(node: ast.expr, aliases: Mapping[str, str]) -> str:
    """Return `np.dot` as `numpy.dot`; empty for anything but names with attributes."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([aliases.get(node.id, node.id), *reversed(parts)])


def _whole(name: str, aliases: Mapping[str, str]) -> str:
    first, dot, rest = name.partition(".")
    return f"{aliases.get(first, first)}{dot}{rest}"


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Return the names that imports bind, with what they stand for."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
