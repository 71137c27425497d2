"""Edits that take one statement, one header or one block of a right version into a wrong function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence

from grader.repair.blocks import FIELDS, Path, TreeEdit, lines_of, statements, with_block

COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try)
HEADERS = {ast.For: ("target", "iter"), ast.While: ("test",), ast.If: ("test",)}


def edits(function: ast.FunctionDef, right: ast.FunctionDef) -> Iterator[TreeEdit]:
    """Yield the edits.

    Args:
        function: the wrong function.
        right: a right version.

    Returns:
        an iterator of edits.
    """
    donor = _renamed(right, function)
    own, theirs = list(statements(function)), list(statements(donor))
    yield from _replaced(function, own, theirs)
    yield from _inserted(function, own, theirs)
    yield from _headers(function, own, theirs)
    yield from _bodies(function, own, theirs)


def _renamed(right: ast.FunctionDef, function: ast.FunctionDef) -> ast.FunctionDef:
    """Return a right version with the wrong function's names of the parameters."""
    names = dict(
        zip((a.arg for a in right.args.args), (a.arg for a in function.args.args), strict=False)
    )
    made = copy.deepcopy(right)
    for node in ast.walk(made):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
    return made


Found = Sequence[tuple[Path, ast.stmt]]


def _replaced(function: ast.FunctionDef, own: Found, theirs: Found) -> Iterator[TreeEdit]:
    for path, mine in own:
        for _, other in theirs:
            if not isinstance(mine, COMPOUND) and not isinstance(other, COMPOUND) and _alike(mine, other):
                yield TreeEdit(lines_of(mine), with_block(function, path, [other], drop=1), "this statement")


def _alike(mine: ast.stmt, other: ast.stmt) -> bool:
    if isinstance(mine, ast.Return) or isinstance(other, ast.Return):
        return isinstance(mine, ast.Return) and isinstance(other, ast.Return)
    return bool(_targets(mine) & _targets(other)) or (not _targets(mine) and not _targets(other))


def _targets(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.Assign(targets=targets):
            pass
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            targets = [target]
        case _:
            return set()
    return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}


def _inserted(function: ast.FunctionDef, own: Found, theirs: Found) -> Iterator[TreeEdit]:
    present = {ast.unparse(statement) for _, statement in own}
    for at, other in theirs:
        if isinstance(other, COMPOUND) or ast.unparse(other) in present:
            continue
        for path, mine in own:
            if len(path) == len(at):
                yield TreeEdit(lines_of(mine), with_block(function, path, [other], drop=0), "before this")
                field, i = path[-1]
                after = (*path[:-1], (field, i + 1))
                yield TreeEdit(lines_of(mine), with_block(function, after, [other], drop=0), "after this")


def _headers(function: ast.FunctionDef, own: Found, theirs: Found) -> Iterator[TreeEdit]:
    for path, mine in own:
        for _, other in theirs:
            if type(mine) is type(other) and type(mine) in HEADERS:
                made = copy.copy(mine)
                for field in HEADERS[type(mine)]:
                    setattr(made, field, getattr(other, field))
                yield TreeEdit(
                    (mine.lineno, mine.lineno), with_block(function, path, [made], drop=1), "this line"
                )


def _bodies(function: ast.FunctionDef, own: Found, theirs: Found) -> Iterator[TreeEdit]:
    """Yield the function with a block, or with a header and its blocks, of the right version."""
    for path, mine in own:
        for _, other in theirs:
            if type(mine) is not type(other) or not isinstance(mine, COMPOUND):
                continue
            for field in FIELDS:
                block = getattr(other, field, None)
                if block and getattr(mine, field, None):
                    made = copy.copy(mine)
                    setattr(made, field, block)
                    lines = (getattr(mine, field)[0].lineno, lines_of(getattr(mine, field)[-1])[1])
                    yield TreeEdit(lines, with_block(function, path, [made], drop=1), "this block")
            yield TreeEdit(lines_of(mine), with_block(function, path, [other], drop=1), "this block")
