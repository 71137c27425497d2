"""Fill marks into a class's own table, as a learning system exports it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from grader.errors import RosterError
from grader.export.plain_text import feedback, full_points, scaled
from grader.models.report import Report
from grader.models.submission import Student
from grader.reports.sanitize import no_formula
from grader.reports.wording import neat
from grader.submissions.roster import read_roster, read_rows
from grader.submissions.roster_matching import Classmates

_NUMBER = re.compile(r"\s*+[+-]?[\d.,]*+\s*+(?:%\s*+)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a table, all rows as long as the heading, and its students."""

    path: Path
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    students: Sequence[Student]

    def column(self, title: str) -> int:
        """Return the index of the column with a title.

        Raises:
            RosterError: there is none.
        """
        if title not in self.heading:
            raise RosterError(
                f"{self.path}: it has no column {title!r}\n"
                "  Export it again, in English, and leave its first line as it is."
            )
        return self.heading.index(title)

    def check_most(self, most: str, max_points: float) -> None:
        """Check that the learning system's maximum mark is that of the assignment.

        Args:
            most: the maximum mark, as the learning system writes it.
            max_points: the points of the assignment.

        Raises:
            RosterError: they differ, or `most` is not a number.
        """
        try:
            same = float(most.replace(",", ".")) == neat(max_points)
        except ValueError:
            same = False
        if not same:
            raise RosterError(
                f"{self.path}: its marks are out of {most.strip() or 'nothing'}, not of {neat(max_points)}\n"
                "  Change the points of the assignment in the learning system, and export again."
            )


class SheetEntry(NamedTuple):
    """The part of a report that goes into a table; `points` is empty if there is no mark."""

    points: str
    max_points: float
    feedback: str
    excused: bool = False


class Filled(NamedTuple):
    """A table as CSV, and the ids of the submissions that have no row in it."""

    text: str
    strangers: Sequence[str]


def read_sheet(path: Path) -> Sheet:
    """Read a table in UTF-8, with commas, semicolons or tabs.

    Raises:
        RosterError: it cannot be read, has no students, or two with the same id.
    """
    students = read_roster(path)
    heading, *rows = (row for _, row in read_rows(path))
    width = len(heading)
    return Sheet(path, heading, [[*row, *[""] * width][:width] for row in rows], students)


def entry_of(report: Report) -> SheetEntry:
    """Return the table entry of a report."""
    points = scaled(report)
    excused = report.ruling is not None and report.ruling.excused
    return SheetEntry(
        "" if points is None else str(neat(points)), full_points(report), feedback(report), excused
    )


def entries_by(key: str, sheet: Sheet, reports: Iterable[Report]) -> tuple[dict[str, SheetEntry], list[str]]:
    """Match submissions with the rows of a sheet.

    Args:
        key: the key of `Student.keys` that the rows have.
        sheet: the table.
        reports: the class.

    Returns:
        the entry of each student by key, and the ids of submissions without a row.

    Raises:
        RosterError: two rows have the same key, or two submissions the same student.
    """
    counts = Counter(student.keys[key] for student in sheet.students if key in student.keys)
    for number, count in counts.most_common(1):
        if count > 1:
            raise RosterError(f"{sheet.path}: {count} rows have the id {number}\n  Leave one of them.")
    classmates = Classmates(sheet.students)
    entries: dict[str, SheetEntry] = {}
    owners: dict[str, str] = {}
    strangers = []
    for report in reports:
        student = classmates.find(report.student or Student(report.id))
        if student is None or key not in student.keys:
            strangers += [] if report.status == "not_submitted" else [report.id]
            continue
        number = student.keys[key]
        if number in owners:
            raise RosterError(
                f"{sheet.path}: the submissions {owners[number]} and {report.id} are both of {student.id}\n"
                "  Grade again without one of the two."
            )
        owners[number] = report.id
        entries[number] = entry_of(report)
    return entries, strangers


def kept(cell: str) -> str:
    """Return a cell unchanged, unless a spreadsheet would read it as a formula."""
    return cell if _NUMBER.fullmatch(cell) else no_formula(cell)


def written(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV of RFC 4180, with commas and `\\r\\n`, so that a cell may have any line ends."""
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()
