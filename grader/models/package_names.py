"""Resolve the names of modules in packages."""

from __future__ import annotations

import ast
from collections.abc import Collection


def absolute(node: ast.ImportFrom, module: str, modules: Collection[str]) -> str:
    """Return the name of the module that a `from` statement imports from.

    Args:
        node: the statement.
        module: the name of the module that it is in.
        modules: the names of all modules that are known; one that others are in is a package.

    Returns:
        the absolute name; empty if it is outside of all packages.
    """
    if not node.level:
        return node.module or ""
    is_package = any(name.startswith(f"{module}.") for name in modules)
    parts = module.split(".")[: None if is_package else -1]
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, node.module] if parts and node.module else parts)
