"""Write the grading worksheet that a Moodle assignment imports."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from grader.export.lms_sheet import Filled, Sheet, SheetEntry, entries_by, entry_of, kept, written
from grader.models.report import Header, Report
from grader.models.submission import Student
from grader.reports.sanitize import spreadsheet_cell
from grader.reports.wording import neat

COMMENTS = "Feedback comments"
COLUMNS = (
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade",
    "Last modified (submission)", "Last modified (grade)", COMMENTS,
)  # fmt: skip


def write_moodle(
    header: Header,  # noqa: ARG001  # as every format
    reports: Iterable[Report],
    sheet: Sheet | None = None,
) -> Filled:
    """Return the worksheet; with `sheet`, Moodle's own with grades and comments filled in.

    Comments are HTML to Moodle, so their text is escaped. `Last modified (grade)` is kept: Moodle compares it
    to detect later grading. Students without a mark keep their cells.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        reports: the class.
        sheet: moodle's own worksheet.

    Returns:
        the table, and the submissions without a row in it.

    Raises:
        RosterError: `sheet` is not Moodle's worksheet of this assignment.
    """
    if sheet is None:
        return Filled(written([COLUMNS, *map(_row, reports)]), ())
    places = {title: sheet.column(title) for title in ("Identifier", "Grade", "Maximum Grade")}
    sheet.column("Last modified (grade)")
    if COMMENTS in sheet.heading:
        places[COMMENTS] = sheet.column(COMMENTS)
    entries, strangers = entries_by("moodle", sheet, reports)
    rows = [_filled(sheet, row, entries, places) for row in sheet.rows]
    return Filled(written([list(map(kept, sheet.heading)), *rows]), strangers)


def _row(report: Report) -> list[str]:
    student = report.student or Student(report.id)
    number = student.keys.get("moodle", "")
    status = "No submission" if report.status == "not_submitted" else "Submitted for grading"
    own = entry_of(report)
    return [
        f"Participant {number}" if number else "",
        *map(spreadsheet_cell, (student.name or student.id, student.email)),
        status, own.points, str(neat(own.max_points)), spreadsheet_cell(report.submitted), "", _html(own),
    ]  # fmt: skip


def _filled(
    sheet: Sheet, row: Sequence[str], entries: Mapping[str, SheetEntry], places: Mapping[str, int]
) -> list[str]:
    cells = list(map(kept, row))
    own = entries.get(re.sub(r"\D", "", row[places["Identifier"]]))
    if own and own.points:
        sheet.check_most(row[places["Maximum Grade"]], own.max_points)
        cells[places["Grade"]] = own.points
        if COMMENTS in places:
            cells[places[COMMENTS]] = _html(own)
    return cells


def _html(own: SheetEntry) -> str:
    """Return the feedback as HTML on one line. It begins with the points, so it is no formula."""
    return html.escape(own.feedback, quote=False).replace("\n", "<br>")
