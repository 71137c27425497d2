"""Find the names that a test reads of the notebook above it. It runs in the sandbox."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def mentioned(source: str) -> set[str]:
    """Return the names that a text reads, sets, deletes or mentions as a text."""
    tree = _tree(source)
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {*_names(tree)} | {text for text in texts if isinstance(text, str) and text.isidentifier()}


def set_first(source: str) -> set[str]:
    """Return the names that a text sets before it reads them: those are its own."""
    found: set[str] = set()
    read: set[str] = set()
    for node in _tree(source).body:
        for part, targets in _in_order(node):
            read |= {name for name in _names(part) if name not in found}
            found |= {name for target in targets for name in _names(target)} - read
    return found


def _in_order(node: ast.stmt) -> Iterator[tuple[ast.AST, list[ast.expr]]]:
    """Yield the parts of a statement as they run, each with what is set then."""
    if isinstance(node, ast.Assign) and all(isinstance(one, ast.Name | ast.Tuple) for one in node.targets):
        yield node.value, node.targets
    elif isinstance(node, ast.For):
        yield node.iter, [node.target]
        for inner in (*node.body, *node.orelse):
            yield inner, []
    else:
        yield node, []


def _names(node: ast.AST) -> Iterator[str]:
    return (one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])
