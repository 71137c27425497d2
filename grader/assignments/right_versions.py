"""The sources of right versions of an assignment's functions: the reference's, and the accepted ones."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from grader.assignments.definition import Definition


def right_versions(definition: Definition) -> Mapping[str, Sequence[str]]:
    """Read the right versions of the graded functions.

    Args:
        definition: the contents of the assignment's files.

    Returns:
        function -> the sources, the reference's first.
    """
    found = {name: [function.source] for name, function in definition.reference.functions.items()}
    for path in definition.course.versions(definition.name, "accepted"):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name in found:
                found[node.name].append(ast.get_source_segment(text, node) or "")
    return found
