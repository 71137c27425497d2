"""Write down a function that a test hands to what students define. It runs in the sandbox."""

from __future__ import annotations

import ast
import builtins
import linecache
import types
from collections.abc import Iterator
from typing import Any

import numpy as np


def expression(value: Any) -> str:
    """Return Python source of a function: of NumPy, a built-in, or one of the test's own; or ""."""
    name = getattr(value, "__name__", "")
    if getattr(builtins, name, None) is value:
        return name
    if getattr(np, name, None) is value:
        return f"np.{name}"
    if isinstance(value, types.FunctionType) and not value.__closure__:
        return _source_of(value)
    return ""


def _source_of(function: types.FunctionType) -> str:
    """Return the source of a function, with its imports; empty if it needs something else."""
    code, space = function.__code__, function.__globals__
    lines = linecache.cache.get(code.co_filename)
    needed = {name: space[name] for name in _names_in(code) if name in space}
    if lines is None or not all(isinstance(one, types.ModuleType) for one in needed.values()):
        return ""
    imports = [f"import {one.__name__} as {name}" for name, one in sorted(needed.items()) if name != "np"]
    for node in ast.walk(ast.parse("".join(lines[2]))):  # type: ignore[misc]
        if getattr(node, "lineno", 0) == code.co_firstlineno and _is_of(node, code):
            return "\n".join([*imports, ast.unparse(node)])
    return ""


def _is_of(node: ast.AST, code: types.CodeType) -> bool:
    """Return whether a node defines the function of a code."""
    if isinstance(node, ast.FunctionDef):
        return node.name == code.co_name
    names = [*code.co_varnames[: code.co_argcount]]
    return isinstance(node, ast.Lambda) and [one.arg for one in node.args.args] == names


def _names_in(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names_in(inner)
