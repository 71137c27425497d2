"""Make candidate repairs of a wrong function: versions with one edit, of its own text or from a right one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.mutation import mutants
from grader.repair import own_text, transplants


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version of a function with one edit.

    `lines` are the lines of the function that the edit concerns, from 1. `says` tells what is changed, in the
    words of the function's own text; of a transplant it says no word of the right version.
    """

    lines: tuple[int, int]
    source: str
    says: str
    transplant: bool


def candidates(source: str, right: Sequence[str]) -> Iterator[Candidate]:
    """Yield every candidate, the smallest edits first. All are different and compile.

    Args:
        source: the source of the wrong function.
        right: sources of right versions: the reference and accepted ones.

    Returns:
        an iterator of candidates; none if the source does not parse.
    """
    tree = _function(source)
    if tree is None:
        return
    seen = {ast.unparse(tree)}
    for candidate in (*_of_own_text(source, tree), *_of_right_text(tree, right)):
        if candidate.source not in seen and _compiles(candidate.source):
            yield candidate
        seen.add(candidate.source)


def _of_own_text(source: str, tree: ast.FunctionDef) -> Iterator[Candidate]:
    for mutant in mutants(source):
        yield Candidate((mutant.line, mutant.line), mutant.source, mutant.description, transplant=False)
    for edit in own_text.edits(tree):
        yield Candidate(edit.lines, ast.unparse(edit.tree), edit.says, transplant=False)


def _of_right_text(tree: ast.FunctionDef, right: Sequence[str]) -> Iterator[Candidate]:
    for text in right:
        if (other := _function(text)) is not None:
            for edit in transplants.edits(tree, other):
                yield Candidate(edit.lines, ast.unparse(edit.tree), edit.says, transplant=True)


def _function(source: str) -> ast.FunctionDef | None:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    return body[0] if len(body) == 1 and isinstance(body[0], ast.FunctionDef) else None


def _compiles(source: str) -> bool:
    try:
        compile(source, "<candidate>", "exec")
    except SyntaxError:
        return False
    return True
