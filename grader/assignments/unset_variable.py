"""Say that the region of a graded variable has code, and sets something else."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

from grader.errors import did_you_mean
from grader.models.submission import Found, State
from grader.notebooks.blank_detection import breaks_by_being_blank, is_blank
from grader.notebooks.graded_items import MARKER
from grader.notebooks.markers import regions
from grader.notebooks.statements import bound_names


def unset(path: Path, name: str, found: Found) -> str:
    """Return what is wrong with a region that has code and does not set its variable.

    Args:
        path: the file of the solution.
        name: the variable.
        found: the cell that is marked as its own.

    Returns:
        the place, the problem and the advice; empty if the region is blank.
    """
    marker = next((match for match in MARKER.finditer(found.source) if match[1] == name), None)
    if found.state is not State.BLANK or marker is None:
        return ""
    first = found.source[: marker.start()].count("\n") + 1
    following = MARKER.search(found.source, marker.end())
    last = found.source[: following.start()].count("\n") if following else found.source.count("\n") + 1
    lines = found.source.split("\n")
    own = [one for one in regions(found.source)[0] if first < one.start <= last]
    text = textwrap.dedent("\n".join(line for one in own for line in lines[one.start : one.end - 1]))
    if is_blank(f"def {name}():\n{textwrap.indent(text, '    ')}") or breaks_by_being_blank(text):
        return ""
    bound = [one for statement in _parsed(text).body for one in bound_names(statement)]
    meant = did_you_mean(name, bound) or (f"Did you mean {bound[-1]}? " if bound else "")
    place = f"{path}, {'' if path.suffix == '.py' else f'cell {found.cell}, '}line {first}"
    return f"{place}: no cell sets {name}\n  {meant}Let the code below its marker set it: {name} = ..."


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.Module([], [])
