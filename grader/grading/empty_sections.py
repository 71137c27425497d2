"""Say of a failing function between which markers nothing is written."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re

from grader.comparison import words
from grader.comparison.verdict import Verdict
from grader.models.report import Score
from grader.notebooks.markers import Region, regions

UNSET = re.compile(r"(UnboundLocalError|NameError): ")


def with_empty_section(score: Score) -> Score:
    """Return a score with a hint about an empty section of its function, if that explains the failure.

    It does where other sections are filled, where a name is not set, and where the turns of a loop do
    nothing. If all sections are empty, the answer may stand outside them. Equal programs may differ in their
    markers, so this is no part of a cached score.

    Args:
        score: the score of one function.

    Returns:
        the score.
    """
    if score.verdict in (Verdict.PASSED, Verdict.NOT_ATTEMPTED) or score.cause or not score.source:
        return score
    if words.is_about_another(score.hint):
        return score
    first = _first_empty(score.source, unset=UNSET.match(score.message) is not None)
    if first is None:
        return score
    start, end = (score.first_line + line - 1 for line in (first.start, first.end))
    hint = f"Between the markers on the lines {start} and {end} nothing is written."
    return dataclasses.replace(score, hint=hint, anywhere=None)


@functools.lru_cache(maxsize=256)
def _first_empty(source: str, *, unset: bool) -> Region | None:
    """Return the first empty section that explains a failure; `unset` if a name is not set."""
    found, _ = regions(source)
    lines = source.split("\n")
    empty = [region for region in found if _is_empty(lines, region)]
    if empty and len(empty) == len(found) and not unset:
        idle = _idle_loops(source)
        empty = [one for one in empty if any(start <= one.start and one.end <= end for start, end in idle)]
    return empty[0] if empty else None


def _idle_loops(source: str) -> list[tuple[int, int]]:
    """Return the first and last lines of the loops that do no more than give a name to another.

    A comment may follow the last statement of a loop, so it reaches to the line before the next statement.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    every = sorted(node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return [
        (loop.lineno, next((line for line in every if line > (loop.end_lineno or 0)), source.count("\n") + 2))
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For) and all(map(_is_idle, loop.body))
    ]


def _is_idle(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Assign(value=ast.Name() | ast.Constant()):
            return True
    return False


def _is_empty(lines: list[str], region: Region) -> bool:
    inside = (line.strip() for line in lines[region.start : region.end - 1])
    return all(not line or line.startswith("#") for line in inside)
