"""Put the answer of a cell between markers that `grader release` takes: around whole statements."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from grader.importers.cell_trees import tree_of
from grader.notebooks.markers import END, START, Problem, Region, regions, run_into
from grader.notebooks.placeholders import without_answers

Lines = tuple[int, int]
"""The first and the last line of something, counted from 1."""


def marked(source: str) -> str:
    """Return the code of an answer between markers; without any, the whole of it is one.

    Args:
        source: the code of a cell that students write.

    Returns:
        the same, with markers that are right.
    """
    mended = with_right_markers(source)
    return mended if regions(mended)[0] else _whole(mended)


def with_right_markers(source: str) -> str:
    """Return a cell with right markers in the places of wrong ones; what may be an answer stays one.

    Args:
        source: its code.

    Returns:
        the cell as it stands if nothing is wrong with it, or if it is no Python.
    """
    source = _parted(source, regions(source)[0])
    found, problems = regions(source)
    tree = tree_of(source)
    wrong = problems or (found and tree_of(without_answers(source)) is None)
    if tree is None or not wrong or any(region.hidden for region in found):
        return source
    return _marked_anew(source, tree, found, problems)


def _whole(source: str) -> str:
    lines = source.rstrip("\n").split("\n")
    magics = [line for line in lines if line.startswith(("%", "!"))]
    rest = [line for line in lines if line not in magics]
    return "\n".join([*magics, START, *rest, END])


# ---------------------------------------------------------------- answers that go on in another definition


def _parted(source: str, found: Iterable[Region]) -> str:
    """Return a cell in which an answer that goes on in another definition ends above it, and begins anew."""
    lines = source.split("\n")
    parts: list[tuple[slice, list[str]]] = []
    for region in found:
        begun = region.start
        for number, _ in run_into(lines, region):
            markers = [_margin(lines[begun - 1]) + END, "", _margin(lines[number - 1]) + START]
            above = _line_above(lines, number, begun)
            below = next(i for i in range(above, number) if lines[i].strip())
            parts.append((slice(above, below), markers))
            begun = number
    for blank, markers in reversed(parts):
        lines[blank] = markers
    return "\n".join(lines)


def _line_above(lines: Sequence[str], number: int, first: int) -> int:
    """Return the last line, from a first one on, above a definition, its decorators and comments."""
    above = number - 1
    while above > first and lines[above - 1].lstrip()[:1] in {"", "@", "#"}:
        above -= 1
    return above


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


# ---------------------------------------------------------------- wrong markers, or inside a statement


def _marked_anew(source: str, tree: ast.Module, found: Sequence[Region], problems: Sequence[Problem]) -> str:
    """Return a cell with markers of ours around the whole statements that its regions touch."""
    lines = source.split("\n")
    for number in {
        *(problem.line for problem in problems),
        *(n for one in found for n in (one.start, one.end)),
    }:
        if number <= len(lines):
            lines[number - 1] = lines[number - 1].partition("#")[0].rstrip()
    bare = tree_of("\n".join(lines))
    if bare is None or ast.dump(bare) != ast.dump(tree):  # a `#` was no comment
        return source
    spans = [_widened(bare, (one.start, min(one.end, len(lines)))) for one in found]
    anew = [*lines]
    for first, last in reversed([*_joined(spans)]):
        inside = "\n".join(anew[first - 1 : last]).strip("\n")
        margin = _margin(inside)
        anew[first - 1 : last] = [margin + START, inside, margin + END]
    made = "\n".join(anew)
    right = not regions(made)[1] and tree_of(without_answers(made)) is not None
    return made if right else _whole("\n".join(lines))


def _joined(spans: Iterable[Lines]) -> Iterator[Lines]:
    """Yield spans in order, those that overlap as one."""
    waiting: Lines | None = None
    for first, last in sorted(spans):
        if waiting is None or first > waiting[1]:
            if waiting:
                yield waiting
            waiting = first, last
        else:
            waiting = waiting[0], max(last, waiting[1])
    if waiting:
        yield waiting


def _widened(tree: ast.Module, span: Lines) -> Lines:
    """Return a span with all lines of the statements that it cuts."""
    cut = [_lines_of(node) for node in ast.walk(tree) if isinstance(node, ast.stmt) and _cuts(span, node)]
    return min([span[0], *(first for first, _ in cut)]), max([span[1], *(last for _, last in cut)])


def _cuts(span: Lines, statement: ast.stmt) -> bool:
    """Return whether a span has a part of a statement, or of the head of one that has others in it."""
    first, last = _lines_of(statement)
    is_within = span[0] <= first and last <= span[1]
    head = last if not hasattr(statement, "body") else max([statement.lineno, *_ends_of_head(statement)])
    return not is_within and span[0] <= head and first <= span[1]


def _lines_of(statement: ast.stmt) -> Lines:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(one.lineno for one in decorators)])
    return first, statement.end_lineno or statement.lineno


def _ends_of_head(statement: ast.stmt) -> Iterator[int]:
    """Yield the lines in which the expressions and parameters of a compound statement end."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        inside = ast.iter_child_nodes(waiting.pop())
        own = [one for one in inside if not isinstance(one, ast.stmt | ast.ExceptHandler | ast.match_case)]
        yield from (end for one in own if (end := getattr(one, "end_lineno", None)))
        waiting += own
