"""Write the CSV that Canvas's gradebook imports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.errors import RosterError
from grader.export.lms_sheet import Filled, Sheet, SheetEntry, entries_by, entry_of, kept, written
from grader.models.report import Header, Report
from grader.models.submission import Student
from grader.reports.sanitize import spreadsheet_cell
from grader.reports.wording import neat

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "    Points Possible"  # as Canvas writes it
EXCUSED = "EX"  # as Canvas reads and writes it
_NUMBERED = re.compile(r"(?<!\s)\s*+\(\d++\)\s*$")


def write_canvas(header: Header, reports: Iterable[Report], sheet: Sheet | None = None) -> Filled:
    """Return the gradebook; with `sheet`, Canvas's own export with the points filled in.

    The points go into the column of the assignment's name, ignoring case and Canvas's number, or else into a
    new last column, which Canvas asks about. Students without a mark keep their cell.

    Args:
        header: the header of the results.
        reports: the class.
        sheet: canvas's own export.

    Returns:
        the table, and the submissions without a row in it.

    Raises:
        RosterError: `sheet` is not Canvas's export of this class and assignment.
    """
    if sheet is None:
        return Filled(written(_rows(header, reports)), ())
    return _filled(header, reports, sheet)


def _rows(header: Header, reports: Iterable[Report]) -> list[list[str]]:
    rows = []
    most = ""
    for report in reports:
        own = entry_of(report)
        most = str(neat(own.max_points))
        student = report.student or Student(report.id)
        texts = (
            student.name or student.id, *(student.keys.get(key, "") for key in ("canvas", "sis")),
            student.keys.get("login", student.id), student.section,
        )  # fmt: skip
        rows.append([*map(spreadsheet_cell, texts), _cell(own)])
    heading = [*COLUMNS, spreadsheet_cell(header.assignment)]
    return [heading, [POSSIBLE, "", "", "", "", most], *rows]


def _cell(own: SheetEntry) -> str:
    return EXCUSED if own.excused else own.points


def _filled(header: Header, reports: Iterable[Report], sheet: Sheet) -> Filled:
    ids = sheet.column("ID")
    for title in ("Student", "Section"):
        sheet.column(title)
    entries, strangers = entries_by("canvas", sheet, reports)
    rows = [list(row) for row in (sheet.heading, *sheet.rows)]
    column = _column(sheet, header.assignment)
    if column is None:
        column = len(sheet.heading)
        rows = [[*row, ""] for row in rows]
        rows[0][column] = header.assignment
    for row in rows[1:]:
        own = entries.get(row[ids].strip())
        if "Points Possible" in row[0]:
            row[column] = _possible(sheet, row[column], entries.values())
        elif own and _cell(own):
            row[column] = _cell(own)
    return Filled(written([list(map(kept, row)) for row in rows]), strangers)


def _column(sheet: Sheet, name: str) -> int | None:
    """Return the index of the assignment's column, if there is one."""
    found = [i for i, title in enumerate(sheet.heading) if _plain(_NUMBERED.sub("", title)) == _plain(name)]
    if len(found) > 1:
        raise RosterError(
            f"{sheet.path}: {len(found)} columns are called {name}\n  Leave the one that the marks are for."
        )
    return found[0] if found else None


def _plain(title: str) -> str:
    return " ".join(title.casefold().replace("_", " ").split())


def _possible(sheet: Sheet, there: str, entries: Iterable[SheetEntry]) -> str:
    """Return the points possible, checked against the assignment's."""
    for own in entries:
        there = there or str(neat(own.max_points))
        sheet.check_most(there, own.max_points)
    return there
