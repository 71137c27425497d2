"""Detect the assignment that a notebook belongs to, by the functions that it defines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from grader.models.submission import Cell
from grader.notebooks.extraction import MARKER

MARKED_VARIABLE = re.compile(r"^#\s*GRADED VARIABLE:\s*(\w+)", re.MULTILINE)


def marked_functions(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the graded functions that are marked in the code cells of a solution."""
    return frozenset(
        function for cell in cells if cell.kind == "code" for function in MARKER.findall(cell.source)
    )


def recognise(cells: Sequence[Cell], assignments: Mapping[str, frozenset[str]]) -> str | None:
    """Return the assignment whose graded functions a notebook defines most of.

    Args:
        cells: the code cells of the notebook.
        assignments: the graded functions of each assignment.

    Returns:
        its name, or None if the notebook defines none of them.
    """
    text = "\n".join(cell.source for cell in cells)
    defined = set(re.findall(r"^[ \t]*+(?:def|class)[ \t]++(\w+)", text, re.MULTILINE))
    defined |= set(MARKED_VARIABLE.findall(text))
    shares = {
        name: sum(function.partition(".")[0] in defined for function in functions) / len(functions)
        for name, functions in assignments.items()
        if functions
    }
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] > 0 else None
