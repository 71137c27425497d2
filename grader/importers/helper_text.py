"""Find the functions of test modules that a test calls: they say what it looks at."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Mapping

from grader.importers.cell_trees import tree_of


def with_called(text: str, modules: Mapping[str, str]) -> str:
    """Return the text of a test with the functions that it calls, and that these call in turn.

    Args:
        text: the test.
        modules: the sources of the modules that only tests import.

    Returns:
        the text with the functions after it.
    """
    known = {name: source for module in modules.values() for name, source in _functions(module)}
    waiting, found = [text], dict[str, str]()
    while waiting:
        named = {*re.findall(r"\w+", waiting.pop())} & known.keys() - found.keys()
        found |= {name: known[name] for name in sorted(named)}
        waiting += [known[name] for name in named]
    return "\n".join([text, *found.values()])


@functools.lru_cache(maxsize=64)
def _functions(module: str) -> tuple[tuple[str, str], ...]:
    tree = tree_of(module)
    lines = module.split("\n")
    return tuple(
        (node.name, "\n".join(lines[node.lineno - 1 : node.end_lineno]))
        for node in (tree.body if tree else ())
        if isinstance(node, ast.FunctionDef)
    )
