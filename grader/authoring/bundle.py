"""Bundle a module of this package, and the modules that it imports, into one file that runs without it."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import inspect
import textwrap
from collections.abc import Iterator
from types import ModuleType

PACKAGE = "grader"

HEAD = '''"""{docstring}"""

from __future__ import annotations

import functools
import types
'''


def bundle(root: ModuleType, docstring: str, ending: str = "") -> str:
    """Return the source of one module that holds `root` and all that it imports of this package.

    Each module is a function in it, which returns the names that the module defines: so no module has to know
    the names of another, and what is imported inside a function is made when that is called.

    Args:
        root: the module.
        docstring: the docstring of the file.
        ending: source that is appended; `function_of(module)` is the name of the function of a module.

    Returns:
        the source, ending in a line feed.
    """
    functions = [_as_function(module) for module in bundled(root)]
    return "\n\n".join([HEAD.format(docstring=docstring), *functions, ending]).rstrip() + "\n"


def bundled(root: ModuleType) -> list[ModuleType]:
    """Return a module and those of this package that it imports anywhere, each after those that it needs."""
    found: dict[str, ModuleType] = {}

    def visit(module: ModuleType) -> None:
        if module.__name__ not in found:
            for node in _own_imports(ast.parse(inspect.getsource(module))):
                for name, _, _ in _imported(node):
                    visit(importlib.import_module(name))
            found[module.__name__] = module

    visit(root)
    return [*found.values()]


def function_of(module: str) -> str:
    """Return the name of the function that a module is in a bundle."""
    return f"_{module.replace('.', '_')}"


def _own_imports(tree: ast.AST) -> Iterator[ast.ImportFrom]:
    """Yield the imports of this package, and of `__future__`, anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (PACKAGE, "__future__"):
            yield node


def _imported(node: ast.ImportFrom) -> Iterator[tuple[str, str, str]]:
    """Yield the module, the name in it, empty for the module itself, and what it is to be called."""
    for alias in node.names if node.module != "__future__" else ():
        inner = f"{node.module}.{alias.name}"
        whole = (inner, "") if _is_module(inner) else (str(node.module), alias.name)
        yield (*whole, alias.asname or alias.name)


@functools.cache
def _is_module(name: str) -> bool:
    parent = importlib.import_module(name.rpartition(".")[0])
    return hasattr(parent, "__path__") and importlib.util.find_spec(name) is not None


def _as_function(module: ModuleType) -> str:
    """Return a module as the source of a function that returns its names."""
    source = inspect.getsource(module)
    lines = source.split("\n")
    for node in sorted(_own_imports(ast.parse(source)), key=lambda one: -one.lineno):
        indent = " " * node.col_offset
        lines[node.lineno - 1 : node.end_lineno] = [
            f"{indent}{called} = {function_of(name)}(){'.' * bool(within)}{within}"
            for name, within, called in _imported(node)
        ]
    body = textwrap.indent("\n".join(lines).strip(), " " * 4)
    return (
        f"# {'-' * 70} {module.__name__}\n\n\n@functools.cache\ndef {function_of(module.__name__)}():\n"
        f"{body}\n\n    return types.SimpleNamespace(**locals())\n"
    )
