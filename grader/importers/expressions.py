"""Write functions and indices that a test passes as Python source. It runs in the sandbox."""

from __future__ import annotations

import ast
import builtins
import linecache
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.importers.literals import CannotWriteError, Literals

LONGEST = 2000
"""Characters of a value that a function reads."""


def expression(value: Any) -> str:
    """Return Python source of a value that is no plain data.

    Args:
        value: an index such as that of `x[:, 0]`, or a function: of a module, or written in the notebook.

    Returns:
        statements, the last of which is the value or defines it; empty if it needs something else.
    """
    if _is_index(value):
        return repr(value)
    name = getattr(value, "__name__", "")
    if getattr(builtins, name, None) is value:
        return name
    if getattr(np, name, None) is value:
        return f"np.{name}"
    return "\n".join(_defined(value) or []) if isinstance(value, types.FunctionType) else ""


def _is_index(value: Any) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    plain = all(part is None or isinstance(part, int | slice | types.EllipsisType) for part in parts)
    return plain and any(isinstance(part, slice | types.EllipsisType) for part in parts)


def _defined(function: types.FunctionType) -> list[str] | None:
    """Return what defines a function, and above it what that reads; None if something cannot be written."""
    code = function.__code__
    source = _source_of(code)
    inside = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    reads = {name: function.__globals__[name] for name in _names_in(code) if name in function.__globals__}
    above: list[str] = []
    for name, value in sorted(
        {**reads, **{name: cell.cell_contents for name, cell in inside.items()}}.items()
    ):
        made = None if value is function else _bound(name, value)
        if made is None:
            return None
        above += made
    return [*above, source] if source else None


def _bound(name: str, value: Any) -> list[str] | None:
    """Return the statements that give a name its value."""
    if name == "np" and value is np:
        return []
    if isinstance(value, types.ModuleType):
        return [f"import {value.__name__} as {name}"]
    module, own = getattr(value, "__module__", None), getattr(value, "__name__", "")
    if module in sys.modules and module != "__main__" and getattr(sys.modules[module], own, None) is value:
        return [f"from {module} import {own} as {name}"]
    if isinstance(value, types.FunctionType):
        made = _defined(value)
        return made and [*made[:-1], made[-1] if made[-1].startswith("def ") else f"{name} = {made[-1]}"]
    try:
        text = Literals().write(value)
    except CannotWriteError:
        return None
    return [f"{name} = {text}"] if len(text) <= LONGEST and "RECORDED[" not in text else None


def _source_of(code: types.CodeType) -> str:
    lines = linecache.cache.get(code.co_filename)
    for node in ast.walk(ast.parse("".join(lines[2]))) if lines else ():  # type: ignore[misc]
        if getattr(node, "lineno", 0) == code.co_firstlineno and _is_of(node, code):
            return ast.unparse(node)
    return ""


def _is_of(node: ast.AST, code: types.CodeType) -> bool:
    """Return whether a node defines the function of a code."""
    if isinstance(node, ast.FunctionDef):
        return node.name == code.co_name
    if not isinstance(node, ast.Lambda):
        return False
    body = node.body  # several of one line differ in their columns
    place = (body.lineno, body.end_lineno, body.col_offset, body.end_col_offset)
    return place in {*code.co_positions()}


def _names_in(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names_in(inner)
