"""Read an instructor's broken and accepted versions of graded functions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.assignments.definition import Definition
from grader.assignments.loader import text_of
from grader.errors import AssignmentError
from grader.grading.programs import program_of
from grader.models.execution import Program, Statement
from grader.notebooks.classes import extends
from grader.notebooks.methods import method_of
from grader.notebooks.statements import bound_names

LAST = 1_000_000
"""The number of a cell after all others."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A file with other versions of graded functions; the first line of its docstring says what differs."""

    path: Path
    says: str
    source: str
    functions: frozenset[str]


def snippets(definition: Definition, kind: str) -> list[Snippet]:
    """Read the files `testcases/NAME/KIND/*.py`, sorted by name.

    Args:
        definition: the assignment.
        kind: `broken` or `accepted`.

    Returns:
        a snippet for each file.

    Raises:
        AssignmentError: a file does not parse, has no docstring, or defines no graded function.
    """
    return [_snippet(path, definition) for path in definition.course.versions(definition.name, kind)]


def program_with(definition: Definition, snippet: Snippet, name: str) -> Program:
    """Return the reference with what a snippet defines replaced, as it is run for a graded item.

    Args:
        definition: the assignment.
        snippet: its other versions.
        name: the graded item.

    Returns:
        the program.
    """
    statements = program_of(definition.reference, definition.wanted, name).statements
    return definition.wanted.program((*statements, Statement(LAST, 1, snippet.source)))


def _snippet(path: Path, definition: Definition) -> Snippet:
    try:
        source = text_of(path)
        module = ast.parse(source)
    except SyntaxError as error:
        raise AssignmentError(f"{path}, line {error.lineno}: {error.msg}\n  Mend it, or remove it.") from None
    docstring = ast.get_docstring(module)
    if not docstring:
        raise AssignmentError(
            f"{path}: it does not say what it is\n  Begin it with a docstring of one sentence."
        )
    bound = {name: ast.unparse(node) for node in module.body for name in bound_names(node)}
    graded = {name for name in definition.wanted.functions if _differs(name, bound, definition)}
    if not graded:
        raise AssignmentError(
            f"{path}: it defines no graded function\n  There are: {', '.join(definition.wanted.functions)}."
        )
    return Snippet(path, docstring.split("\n")[0], source, frozenset(graded))


def _differs(name: str, bound: Mapping[str, str], definition: Definition) -> bool:
    """Return whether a snippet has another version of a graded item; of methods, only those that differ."""
    owner, _, method = name.partition(".")
    if owner not in bound:
        return False
    own = method_of(bound[owner], method) if method else None
    if own is None:
        return not (method and extends(bound[owner], owner))
    theirs = definition.reference.functions[name].source
    return _without_docstring(own.source) != _without_docstring(theirs)


def _without_docstring(method: str) -> str:
    [node] = ast.parse(method).body
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node) is not None:
        node.body = node.body[1:]
    return ast.dump(node)
