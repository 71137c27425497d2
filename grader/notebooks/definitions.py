"""Analyse what a top-level statement does with graded functions: define, keep or call them. Static only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from textwrap import dedent

from grader.notebooks.statements import bound_names, changed, root_of

KEEPING = frozenset(
    {"partial", "partialmethod", "lru_cache", "cache", "wraps", "vectorize", "staticmethod", "dict", "list"}
)
"""Functions that keep a function that is passed to them, and do not call it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Value = (
    ast.Constant
    | ast.Tuple
    | ast.List
    | ast.Dict
    | ast.Set
    | ast.BinOp
    | ast.UnaryOp
    | ast.Compare
    | ast.JoinedStr
)
"""Expressions that are not callable."""


@lru_cache(maxsize=512)
def defines(source: str, name: str, graded: frozenset[str]) -> bool:
    """Return whether a statement may bind a name to a function, and not to the result of a graded one.

    Args:
        source: the statement.
        name: the name.
        graded: the graded functions.

    Returns:
        whether it may.
    """
    tree = _parsed(source)
    return tree is not None and any(
        _gives(node, name) and not _calls(node, graded, handing_on=True) for node in _executed(tree)
    )


@lru_cache(maxsize=512)
def spoils(source: str, name: str) -> bool:
    """Return whether a statement deletes a name, or binds it to something not callable.

    Args:
        source: the statement.
        name: the name.

    Returns:
        whether it does.
    """
    tree = _parsed(source)
    match tree.body if tree else []:
        case [ast.Delete(targets=targets)]:
            pass
        case [ast.Assign(targets=targets, value=value)] if isinstance(value, Value):
            pass
        case [ast.AnnAssign(target=target, value=value)] if isinstance(value, Value):
            targets = [target]
        case _:
            return False
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


@lru_cache(maxsize=512)
def global_names(source: str) -> frozenset[str]:
    """Return the names that a function declares `global`."""
    tree = _parsed(source) or ast.Module([], [])
    declared = (node.names for node in ast.walk(tree) if isinstance(node, ast.Global))
    return frozenset(name for names in declared for name in names)


@lru_cache(maxsize=512)
def set_inside(source: str) -> frozenset[str]:
    """Return the global names that a function sets, or whose objects it changes, when called."""
    return global_names(source).union(changed(_parsed(source) or ast.Module([], [])))


@lru_cache(maxsize=512)
def decorating_objects(source: str) -> frozenset[str]:
    """Return the names of objects with a method or attribute that decorates a function."""
    tree = _parsed(source)
    decorators = (
        [d for node in tree.body if isinstance(node, Function) for d in node.decorator_list] if tree else []
    )
    functions = [d.func if isinstance(d, ast.Call) else d for d in decorators]
    return frozenset(name for part in functions if isinstance(part, ast.Attribute) for name in root_of(part))


@lru_cache(maxsize=512)
def text_of(source: str, name: str) -> str:
    """Return the definition of a function inside a statement.

    Args:
        source: the statement.
        name: the function.

    Returns:
        its source, dedented; empty if there is none.
    """
    tree = _parsed(source)
    for node in _executed(tree) if tree else ():
        if isinstance(node, Function) and node.name == name and node.end_lineno is not None:
            lines = source.split("\n")[node.lineno - 1 : node.end_lineno]
            return dedent("\n".join(lines))
    return ""


@lru_cache(maxsize=2048)
def tries(source: str, graded: frozenset[str]) -> bool:
    """Return whether a statement may call one of some functions when it is run, and not only pass it on.

    Args:
        source: the statement.
        graded: the functions.

    Returns:
        whether it may.
    """
    tree = _parsed(source)
    return tree is None or any(_calls(node, graded) for node in _executed(tree))


@lru_cache(maxsize=512)
def read_at_once(source: str) -> frozenset[str]:
    """Return the names that a statement reads when it is run, and not only when its functions are called."""
    tree = _parsed(source)
    reads = (_names(node) for node in _executed(tree)) if tree else ()
    return frozenset(name for names in reads for name in names)


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _executed(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run with a statement: those of its blocks, not those of its functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, Function | ast.ClassDef):
            waiting += [
                n
                for n in ast.iter_child_nodes(node)
                if isinstance(n, ast.stmt | ast.excepthandler | ast.match_case)
            ]


def _gives(node: ast.stmt, name: str) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name == name
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            whole = any(isinstance(target, ast.Name) and target.id == name for target in targets)
            part = name in bound_names(node) and not whole
            return part or (whole and not isinstance(value, Value))
        case ast.Expr():
            return name in bound_names(node)
        case ast.For(target=target) | ast.AsyncFor(target=target):
            return name in bound_names(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            return any(name in bound_names(item) for item in items)
        case _:
            return False


def _calls(node: ast.stmt, graded: frozenset[str], *, handing_on: bool = False) -> bool:
    """Return whether expressions of a statement that are evaluated at once may call one of some functions.

    An argument counts as called, unless the function it is passed to is known to keep it, or `handing_on` is
    set.
    """
    if isinstance(node, Function | ast.ClassDef):
        return False  # the author's decorator may, but that defines the function
    waiting: list[tuple[ast.AST, bool]] = [
        (n, False) for n in ast.iter_child_nodes(node) if not isinstance(n, ast.stmt)
    ]
    while waiting:
        part, called = waiting.pop()
        match part:
            case ast.stmt():
                continue
            case ast.Name(id=name):
                if called and name in graded:
                    return True
            case ast.Lambda() if not called:
                continue
            case ast.Call(func=ast.Subscript(slice=ast.Constant(value=str(name)))) if name in graded:
                return True  # globals()["..."](...)
            case ast.Call(func=func):
                kept = handing_on or _name(func) in KEEPING
                waiting.append((func, True))
                waiting += [(n, not kept) for n in (*part.args, *part.keywords)]
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                waiting += [(n, True) for n in ast.iter_child_nodes(part)]
            case _:
                waiting += [(n, called) for n in ast.iter_child_nodes(part)]
    return False


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _names(node: ast.AST) -> Iterator[str]:
    waiting = [n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.stmt)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            yield part.id
        if not isinstance(part, ast.Lambda):
            waiting += ast.iter_child_nodes(part)


def definition_text(source: str, name: str) -> tuple[int, str]:
    """Return the first line and text of a function in a cell that does not parse, up to the next `def`.

    Args:
        source: the cell.
        name: the function.

    Returns:
        the line, from 1, and the text.
    """
    start = re.search(rf"^[ \t]*(?:def|class)\s+{re.escape(name)}\b", source, re.MULTILINE)
    if start is None:
        return 1, source
    end = re.compile(r"^(?:def|class)\s", re.MULTILINE).search(source, start.end())
    first_line = source.count("\n", 0, start.start()) + 1
    return first_line, source[start.start() : end.start() if end else len(source)]
