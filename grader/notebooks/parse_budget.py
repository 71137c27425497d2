"""Tries in a process of its own whether an unusually long notebook can be read within its budget."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.models.assignment import Wanted
from grader.models.budget import Budget
from grader.models.submission import Cell
from grader.notebooks.extraction import extract
from grader.notebooks.limited_process import limited

USUAL_CODE, USUAL_CELL = 64 << 10, 16 << 10
"""Characters of all code and of one cell. What is shorter takes a few seconds, whatever it is."""

Trial = tuple[tuple[str, ...], list[tuple[int, str]]]
"""The graded functions, and the number and source of each code cell."""


def check_it_can_be_read(cells: Sequence[Cell], wanted: Wanted, budget: Budget) -> None:
    """Read the code once as it will be read here, where that may take longer than anybody would wait.

    CPython's parser takes time and memory that are quadratic for some programs, and cannot be interrupted.

    Raises:
        UnreadableError: it takes more than the budget.
    """
    code = [(cell.number, cell.source) for cell in cells if cell.kind == "code"]
    lengths = [len(source) for _, source in code]
    if sum(lengths) > USUAL_CODE or max(lengths, default=0) > USUAL_CELL:
        limited(f"{__name__}:read", msgspec.json.encode((wanted.functions, code)), budget)


def read(data: bytes) -> bytes:
    """Extract the functions from cells, for the time that it takes."""
    functions, code = msgspec.json.decode(data, type=Trial)
    extract([Cell(number, source) for number, source in code], Wanted(functions, {}, {}))
    return b""
