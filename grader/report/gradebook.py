"""grades.csv: one row a submission, for spreadsheets and people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.model import Report
from grader.report.text import spreadsheet_cell
from grader.report.words import neat

LEADING = ("id", "name", "file", "status", "late", "points", "max_points")


def write_gradebook(reports: Sequence[Report]) -> str:
    """Return grades.csv: a header, then a row for each of `reports`, in their order.

    The columns are id, name, file, status, late, points, max_points, one for each exercise, and notes.
    What was not graded has empty cells, never a zero. No cell is a formula to a spreadsheet.
    """
    exercises = tuple(dict.fromkeys(score.name for report in reports for score in report.exercises))
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow((*LEADING, *map(spreadsheet_cell, exercises), "notes"))
    rows.writerows(_row(report, exercises) for report in reports)
    return table.getvalue()


def _row(report: Report, exercises: Sequence[str]) -> list[str]:
    earned = {score.name: score.points for score in report.exercises}
    points = (report.points, report.max_points, *map(earned.get, exercises))
    return [
        *map(spreadsheet_cell, (report.id, report.student.name if report.student else "", report.file)),
        report.status,
        "late" if report.late else "",
        *("" if number is None else str(neat(number)) for number in points),
        spreadsheet_cell("; ".join(report.notes)),
    ]
