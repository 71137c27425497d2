"""grades.csv: one row a submission, for spreadsheets and people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from grader.model import Report
from grader.report.text import spreadsheet_cell
from grader.report.whole import Marks
from grader.report.words import neat

LEADING = ("id", "name", "file", "status", "late", "points", "max_points")


def write_gradebook(reports: Iterable[Report | Marks]) -> str:
    """Return grades.csv: a header, then a row for each of `reports`, in their order.

    The columns are id, name, file, status, late, points, max_points, one for each exercise, and notes.
    What was not graded has empty cells, never a zero. No cell is a formula to a spreadsheet. Of the
    reports only their cells are kept in memory.
    """
    cells = [_cells(report) for report in reports]
    exercises = tuple(dict.fromkeys(name for _, earned, _ in cells for name in earned))
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow((*LEADING, *map(spreadsheet_cell, exercises), "notes"))
    for leading, earned, notes in cells:
        rows.writerow((*leading, *(earned.get(name, "") for name in exercises), notes))
    return table.getvalue()


def _cells(report: Report | Marks) -> tuple[tuple[str, ...], dict[str, str], str]:
    """The cells before those of the exercises, theirs by name, and the last."""
    leading = (
        *map(spreadsheet_cell, (report.id, report.student.name if report.student else "", report.file)),
        report.status,
        "late" if report.late else "",
        *map(_number, (report.points, report.max_points)),
    )
    earned = {score.name: _number(score.points) for score in report.exercises}
    return leading, earned, spreadsheet_cell("; ".join(report.notes))


def _number(points: float | None) -> str:
    return "" if points is None else str(neat(points))
