"""Changes that move a statement out of its block or into the one before it, or leave several out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.repair import wording
from grader.repair.own_text import SIMPLE
from grader.repair.source_text import Change, FunctionText, Splice, lines_of, neighbours

MOST = 3
"""Neighbouring statements that are left out together."""

OWNERS = (ast.For, ast.While, ast.If, ast.With)


def changes(text: FunctionText) -> Iterator[Change]:
    """Yield the function with one statement moved, or without neighbouring ones.

    Args:
        text: the function.

    Returns:
        an iterator of changes.
    """
    for block in text.blocks:
        for run in neighbours(block, MOST):
            if all(isinstance(one, SIMPLE) for one in run):
                yield Change((text.statements_instead(run, []),), lines_of(*run), wording.statements(run))
        for i, statement in enumerate(block):
            if not text.has_lines_of_its_own(statement):
                continue
            gone = text.statements_instead([statement], [])
            owner = text.parents[statement]
            if isinstance(owner, OWNERS):
                yield _moved(gone, text.after(owner, [statement]), statement, "stands one level too deep")
            before = block[i - 1] if i else None
            if isinstance(before, OWNERS) and text.has_lines_of_its_own(before.body[-1]):
                into = text.after(before.body[-1], [statement])
                yield _moved(gone, into, statement, "belongs into the block before it")


def _moved(gone: Splice, new: Splice, statement: ast.stmt, where: str) -> Change:
    return Change((gone, new), lines_of(statement), wording.moved(statement, where))
