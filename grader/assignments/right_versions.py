"""The sources of right versions of an assignment's functions: the reference's, and the accepted ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from grader.assignments.definition import Definition
from grader.assignments.loader import text_of


def right_versions(definition: Definition) -> Mapping[str, Sequence[str]]:
    """Read the right versions of the graded functions.

    Args:
        definition: the contents of the assignment's files.

    Returns:
        function -> the sources, the reference's first.
    """
    found = {name: [function.source] for name, function in definition.reference.functions.items()}
    for path in definition.course.versions(definition.name, "accepted"):
        for name, source in _functions(text_of(path)):
            if name in found:
                found[name].append(source)
    return found


def _functions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the functions of a file; none if it does not parse, which `grader validate` says."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, ast.get_source_segment(text, node) or ""
