"""Check in a separate process that an unusually long notebook can be parsed within its budget."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.models.assignment import Wanted
from grader.models.budget import Budget
from grader.models.submission import Cell
from grader.notebooks.extraction import extract
from grader.notebooks.limited_process import limited

USUAL_CODE, USUAL_CELL = 64 << 10, 16 << 10
"""The longest code and the longest cell, in characters, that need no check: at worst they take seconds."""

Trial = tuple[tuple[str, ...], list[tuple[int, str]]]
"""The graded functions, and the number and source of each code cell."""


def check_it_can_be_read(cells: Sequence[Cell], wanted: Wanted, budget: Budget) -> None:
    """Parse unusually long code once in a process with limits.

    CPython's parser takes quadratic time and memory for some programs, and cannot be interrupted.

    Args:
        cells: the cells of the notebook.
        wanted: the graded functions.
        budget: the limits.

    Raises:
        UnreadableError: it exceeds the budget.
    """
    code = [(cell.number, cell.source) for cell in cells if cell.kind == "code"]
    lengths = [len(source.lstrip("\n")) for _, source in code]  # scripts' cells begin with empty lines
    if sum(lengths) > USUAL_CODE or max(lengths, default=0) > USUAL_CELL:
        limited(f"{__name__}:read", msgspec.json.encode((wanted.functions, code)), budget)


def read(data: bytes) -> bytes:
    """Extract the functions from encoded cells; the result is empty, only the time counts."""
    functions, code = msgspec.json.decode(data, type=Trial)
    extract([Cell(number, source) for number, source in code], Wanted(functions, {}, {}))
    return b""
