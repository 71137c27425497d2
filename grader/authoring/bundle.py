"""Puts modules of this package into one file that runs without it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from types import ModuleType

PACKAGE = "grader"


def bundle(modules: Iterable[ModuleType], docstring: str, ending: str = "") -> str:
    """The source of one module that holds those of `modules`, in order, and then `ending`.

    Imports of this package are left out, since what they name stands above; every other import is
    written once, at the top.
    """
    imports: set[str] = set()
    bodies: list[str] = []
    for module in modules:
        source = inspect.getsource(module)
        tree = ast.parse(source)
        headers = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        imports |= {ast.unparse(node) for node in headers if not _ours(node)}
        start = max(node.end_lineno or 0 for node in headers)
        bodies.append(f"# {'-' * 70} {module.__name__}\n\n" + "\n".join(source.split("\n")[start:]).strip())
    imports.discard(FUTURE)
    header = [f'"""{docstring}"""', FUTURE, "\n".join(sorted(imports))]
    return "\n\n".join([*header, *bodies, ending]).rstrip() + "\n"


FUTURE = "from __future__ import annotations"


def _ours(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE
