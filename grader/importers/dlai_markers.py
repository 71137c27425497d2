"""Put the answer of a deeplearning.ai function between markers where its own are missing or wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from grader.importers.cell_trees import tree_of
from grader.notebooks.markers import END, START, regions
from grader.notebooks.placeholders import without_answers

MARK = re.compile(
    r"^[ \t]*#+[ \t]*(?:START|END|BEGIN|YOUR)\b[^\n]{0,20}\b(?:CODE|SOLUTION)\b[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)


DOTS = re.compile(r"(?:\w[\w, \[\]]{0,200}= {0,9})?(?:None|\.\.\.|pass)? {0,99}(?:#.*)?")
"""A line, without the blanks around it, that holds nothing, or what stands in place of an answer."""


def is_answered(source: str) -> bool:
    """Return whether there is an answer between the markers of a cell."""
    lines = source.split("\n")
    inside = [line for region in regions(source)[0] for line in lines[region.start : region.end - 1]]
    return not all(DOTS.fullmatch(line.strip()) for line in inside)


def with_markers(source: str, graded: Collection[str]) -> str:
    """Return a cell with the answers of its graded functions marked.

    Args:
        source: the cell.
        graded: the names of the functions that are graded; of all that it defines if there are none.

    Returns:
        the cell as it stands if its markers are right, and what is outside of them is Python; with the whole
        body of each function between markers otherwise.
    """
    found, problems = regions(source)
    if found and not problems and tree_of(without_answers(source)) is not None:
        return source
    plain = MARK.sub(lambda mark: re.match(r"[ \t]*", mark[0])[0] + "#", source)  # type: ignore[index]
    tree = tree_of(plain)
    if tree is None:
        return source
    bodies = sorted(_bodies(tree, graded), reverse=True)
    lines = plain.split("\n")
    for first, last, column in bodies:
        indent = " " * column
        lines[first - 1 : last] = [indent + START, *lines[first - 1 : last], indent + END]
    return "\n".join(lines)


def _bodies(tree: ast.Module, graded: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of the body of each graded function after its docstring, and its column."""
    for node in tree.body:
        functions = [node] if isinstance(node, ast.FunctionDef) else []
        if isinstance(node, ast.ClassDef):
            functions = [one for one in node.body if isinstance(one, ast.FunctionDef)]
        for function in functions:
            body = function.body[1:] if ast.get_docstring(function) is not None else function.body
            if body and (not graded or {function.name, getattr(node, "name", "")} & {*graded}):
                yield body[0].lineno, body[-1].end_lineno or body[-1].lineno, body[0].col_offset
