"""Bundle modules of this package into one file that runs without it."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from collections.abc import Iterable
from types import ModuleType

PACKAGE = "grader"


def bundle(modules: Iterable[ModuleType], docstring: str, ending: str = "") -> str:
    """Return the source of one module that holds those of `modules`, in order, and then `ending`.

    Imports of this package are left out, as their names are defined earlier in the file; every other import
    is written once, at the top.

    Args:
        modules: the modules, dependencies first.
        docstring: the docstring of the file.
        ending: source that is appended.

    Returns:
        the source, ending in a line feed.
    """
    plain: set[str] = set()
    names: defaultdict[str, set[str]] = defaultdict(set)
    bodies: list[str] = []
    for module in modules:
        source = inspect.getsource(module)
        tree = ast.parse(source)
        headers = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in headers:
            if isinstance(node, ast.Import):
                plain.add(ast.unparse(node))
            elif not _left_out(node):
                names[node.module or ""].update(map(ast.unparse, node.names))
        start = max(node.end_lineno or 0 for node in headers)
        bodies.append(f"# {'-' * 70} {module.__name__}\n\n" + "\n".join(source.split("\n")[start:]).strip())
    selected = [f"from {module} import {', '.join(sorted(of))}" for module, of in sorted(names.items())]
    header = [f'"""{docstring}"""', FUTURE, "\n".join([*sorted(plain), *selected])]
    return "\n\n".join([*header, *bodies, ending]).rstrip() + "\n"


FUTURE = "from __future__ import annotations"


def _left_out(node: ast.ImportFrom) -> bool:
    return (node.module or "").split(".")[0] in (PACKAGE, "__future__")
