"""Name the cells in a score as their author finds them, not by number."""

from __future__ import annotations

import dataclasses
import re

from grader.comparison.verdict import Verdict
from grader.models.report import CaseResult, Score, at_place
from grader.notebooks.cell_names import CellNames

RAISED_IN = re.compile(r"\(cell \d+, line \d+\)")
"""What `failure_place` adds to the text of an exception, which is the student's and is left as it is."""


def at_named_place(score: Score, cells: CellNames) -> Score:
    """Return a score that says what the cells are called that it is about.

    Args:
        score: a score with numbers of cells.
        cells: the names of the cells.

    Returns:
        the score; the same object for equal ones without a cell in their texts.
    """
    cell = score.cell or score.source_cell
    where = cells.place(cell) if cell else ""
    message, hint = _named(score.verdict, score.message, cells), cells.named(score.hint)
    cases = tuple([_named_case(case, cells) if "ell" in case.message else case for case in score.cases])
    if (message, hint) == (score.message, score.hint) and all(map(_same, cases, score.cases)):
        if score.anywhere is None:
            return dataclasses.replace(score, where=where)
        place = score.cell, score.line, score.source_cell, score.first_line
        return at_place(score.anywhere, *place, where)
    return dataclasses.replace(score, where=where, message=message, hint=hint, cases=cases, anywhere=None)


def _same(one: CaseResult, other: CaseResult) -> bool:
    return one is other


def _named_case(case: CaseResult, cells: CellNames) -> CaseResult:
    message = _named(case.verdict, case.message, cells)
    return case if message == case.message else dataclasses.replace(case, message=message)


def _named(verdict: Verdict, message: str, cells: CellNames) -> str:
    if verdict is Verdict.DID_NOT_RUN and not message.startswith("Cell "):
        return RAISED_IN.sub(lambda match: cells.named(match[0]), message)
    return cells.named(message)
