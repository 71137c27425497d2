"""Mutation operators, and the operations on syntax trees that they share."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a tree: `new` replaces `old`; `description` is for instructors, `hint` for students."""

    old: ast.expr | ast.stmt
    new: ast.expr | ast.stmt
    description: str
    hint: str = ""


Edits = Callable[[ast.Module], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Operator:
    """A mutation operator: its name, its edits of a module, and examples of code before and after."""

    name: str
    edits: Edits
    examples: tuple[tuple[str, str], ...]


def operator(*examples: tuple[str, str]) -> Callable[[Edits], Operator]:
    """Make an operator of a function and name it after it; the examples are its tests."""

    def made_of(edits: Edits) -> Operator:
        return Operator(edits.__name__.replace("_", " "), edits, examples)

    return made_of


def nodes(tree: ast.AST, *kinds: type[Node]) -> Iterator[Node]:
    """Yield the nodes of some kinds in source order, without those that no operator may edit.

    Args:
        tree: the root, which is not yielded itself.
        kinds: the classes of nodes.

    Returns:
        an iterator of nodes.
    """
    for child in ast.iter_child_nodes(tree):
        if not _untouchable(child):
            if isinstance(child, kinds):
                yield child
            yield from nodes(child, *kinds)


def replaced(tree: Node, old: ast.AST, new: ast.AST) -> Node:
    """Return a copy of a tree in which one node is replaced.

    Args:
        tree: the tree.
        old: the node to replace, compared by identity.
        new: the node in its place.

    Returns:
        the copy; nodes that did not change are shared.
    """
    fields = {name: _replaced_in(value, old, new) for name, value in ast.iter_fields(tree)}
    return ast.copy_location(type(tree)(**fields), tree)


def changed(node: Node, **fields: Any) -> Node:
    """Return a copy of a node with other values in some fields.

    Args:
        node: the node.
        fields: the new values, by the names of the fields.

    Returns:
        the copy.
    """
    return ast.copy_location(type(node)(**{**dict(ast.iter_fields(node)), **fields}), node)


def function_name(call: ast.Call) -> str:
    """Return the last name of the called function: `sum` for `np.sum(x)` and for `x.sum()`."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def renamed(call: ast.Call, name: str) -> ast.Call:
    """Return a call with another last name of the function.

    Args:
        call: the call.
        name: the new name.

    Returns:
        a copy of the call.
    """
    if isinstance(call.func, ast.Attribute):
        return changed(call, func=changed(call.func, attr=name))
    return changed(call, func=ast.Name(id=name))


def code(node: ast.AST) -> str:
    """Format a node for a description."""
    return f"`{ast.unparse(node)}`"


def _replaced_in(value: Any, old: ast.AST, new: ast.AST) -> Any:
    if isinstance(value, list):
        return [_replaced_in(item, old, new) for item in value]
    if value is old:
        return new
    return replaced(value, old, new) if isinstance(value, ast.AST) else value


def _untouchable(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return isinstance(node, ast.Assert | ast.Raise | ast.Import | ast.ImportFrom | ast.arguments)
