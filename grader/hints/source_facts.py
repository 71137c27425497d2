"""Facts about the text of a wrong function that make its answer wrong, whatever the numbers are."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.hints.names import definition_of, names_set
from grader.models.submission import Part

LONGEST = 60
"""Characters of a piece of code that is quoted."""


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """The definition of a wrong function, and of the reference if there is one."""

    own: ast.FunctionDef
    right: ast.FunctionDef | None = None


def fact(function: str, part: Part, reference: Part | None) -> str:
    """Return a fact about the text of a wrong function; "" if there is none.

    Args:
        function: its name.
        part: the statements that it needs.
        reference: those of the reference, if there is one.

    Returns:
        a sentence.
    """
    own = definition_of(function, part)
    if own is None:
        return ""
    sources = Sources(own, definition_of(function, reference) if reference else None)
    return next(filter(None, (find(sources) for find in FACTS)), "")


def _return_in_loop(sources: Sources) -> str:
    if sources.right and any(_returning(sources.right)):
        return ""
    if any(_returning(sources.own)):
        return "The `return` stands inside the loop, which therefore ends in its first turn."
    return ""


def _returning(definition: ast.FunctionDef) -> Iterator[bool]:
    loops = (node for node in _nodes(definition, ast.For) if not any(_nodes(node, ast.Continue)))
    return (True for loop in loops if any(isinstance(one, ast.Return) for one in loop.body))


def _placeholder(sources: Sources) -> str:
    """Detect a name that is set to None alone, and read."""
    values: dict[str, list[ast.expr]] = {}
    for node in _nodes(sources.own, ast.Assign):
        for name in names_set(node):
            values.setdefault(name, []).append(node.value)
    read = {node.id for node in _nodes(sources.own, ast.Name) if isinstance(node.ctx, ast.Load)}
    every = [
        name
        for node in _nodes(sources.own, ast.Name)
        if isinstance(node.ctx, ast.Store)
        for name in [node.id]
    ]
    for name, given in values.items():
        if name in read and every.count(name) == len(given) and all(map(_is_none, given)):
            return f"`{name} = None` is still the placeholder: nothing else sets `{name}`."
    return ""


def _loop_in_loop(sources: Sources) -> str:
    """Detect a loop inside a loop over the same name."""
    for outer in _nodes(sources.own, ast.For):
        for inner in (node for one in outer.body for node in _nodes(one, ast.For)):
            if ast.unparse(inner.target) == ast.unparse(outer.target):
                return (
                    f"A loop over `{ast.unparse(inner.target)[:LONGEST]}` stands inside another loop over it."
                )
    return ""


def _without_effect(sources: Sources) -> str:
    """Detect a statement that computes something and keeps nothing of it."""
    for node in _nodes(sources.own, ast.Expr):
        text = ast.unparse(node)[:LONGEST]
        match node.value:
            case ast.Compare(ops=[ast.Eq()], left=ast.Name() | ast.Subscript()):
                return f"`{text}` compares and sets nothing: `=` sets a name."
            case ast.Attribute(value=ast.Name() | ast.Attribute()):
                return f"`{text}` calls nothing: its parentheses are missing."
            case ast.BinOp() | ast.Subscript():
                return f"`{text}` is computed, and nothing keeps the result."
    return ""


def _rows_for_columns(sources: Sources) -> str:
    """Detect a size that is taken from another axis than the reference's of that name."""
    if sources.right is None:
        return ""
    right = _axes(sources.right)
    for name, (text, axis) in _axes(sources.own).items():
        if name in right and right[name][1] != axis and {axis, right[name][1]} == {0, 1}:
            what, wanted = ("rows", "columns") if axis == 0 else ("columns", "rows")
            return (
                f"`{name} = {text}` counts the {what}; `{name}` is the number of {wanted}, shape[{1 - axis}]."
            )
    return ""


def _axes(definition: ast.FunctionDef) -> dict[str, tuple[str, int]]:
    """Return the names that are set to a size of an array, with its text and axis."""
    found = {}
    for node in _nodes(definition, ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Subscript(
                    value=ast.Attribute(attr="shape"), slice=ast.Constant(value=int() as axis)
                ),
            ):
                found[name] = (ast.unparse(node.value)[:LONGEST], axis)
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="len"), args=[ast.Name()])
            ):
                found[name] = (ast.unparse(node.value)[:LONGEST], 0)
    return found


def _parameter_not_read(sources: Sources) -> str:
    """Detect a parameter that the reference reads and the function does not, or sets anew before."""
    if sources.right is None or len(_parameters(sources.own)) != len(_parameters(sources.right)):
        return ""
    for name, theirs in zip(_parameters(sources.own), _parameters(sources.right), strict=True):
        flag = isinstance(_default(sources.right, theirs), bool)  # print_cost: whether to print
        if flag or not _loads(sources.right, theirs) or _first_use(sources.right, theirs) == "set":
            continue
        if not _loads(sources.own, name):
            return f"The function never reads its parameter `{name}`."
        if _first_use(sources.own, name) == "set":
            return f"The function sets its parameter `{name}` anew before it reads it."
    return ""


def _loop_variable_not_read(sources: Sources) -> str:
    """Detect a loop that never reads its variable, where those of the reference do."""
    if sources.right is None or any(_loops_without_variable(sources.right)):
        return ""
    for name, carries in _loops_without_variable(sources.own):
        return f"The loop never reads `{name}`{'' if carries else ', so all its turns read the same'}."
    return ""


def _loops_without_variable(definition: ast.FunctionDef) -> Iterator[tuple[str, bool]]:
    """Yield the variables of loops that never read them, and whether a turn may read what another has set."""
    for loop in _nodes(definition, ast.For):
        if isinstance(loop.target, ast.Name):
            inside = [n for one in loop.body for n in ast.walk(one) if isinstance(n, ast.Name)]
            read = {n.id for n in inside if isinstance(n.ctx, ast.Load)}
            stored = {n.id for n in inside if isinstance(n.ctx, ast.Store)}
            added = any(isinstance(n, ast.AugAssign) for one in loop.body for n in ast.walk(one))
            if loop.target.id not in read | stored:
                yield loop.target.id, added or bool(read & stored)


FACTS: tuple[Callable[[Sources], str], ...] = (
    _placeholder,
    _return_in_loop,
    _loop_in_loop,
    _without_effect,
    _rows_for_columns,
    _parameter_not_read,
    _loop_variable_not_read,
)
"""What finds a fact; the first counts."""


def _nodes(tree: ast.AST, kind: type) -> Iterator[Any]:
    return (node for node in _every_node(tree) if isinstance(node, kind))


@functools.lru_cache(maxsize=64)  # each fact looks through the same two functions
def _every_node(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _parameters(definition: ast.FunctionDef) -> list[str]:
    return [arg.arg for arg in (*definition.args.posonlyargs, *definition.args.args)]


def _default(definition: ast.FunctionDef, name: str) -> object:
    """Return the default of a parameter, if it is a constant."""
    pairs = zip(reversed(_parameters(definition)), reversed(definition.args.defaults), strict=False)
    default = dict(pairs).get(name)
    return default.value if isinstance(default, ast.Constant) else None


def _loads(definition: ast.FunctionDef, name: str) -> bool:
    return any(node.id == name and isinstance(node.ctx, ast.Load) for node in _nodes(definition, ast.Name))


def _first_use(definition: ast.FunctionDef, name: str) -> str:
    """Return whether a name is first "read" or first "set" by a statement that always runs."""
    for statement in definition.body:
        uses = [node for node in _nodes(statement, ast.Name) if node.id == name]
        if any(isinstance(node.ctx, ast.Load) for node in uses):
            return "read"
        if uses:
            return "set" if isinstance(statement, ast.Assign) else "read"
    return ""
