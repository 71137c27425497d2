"""A class's own table, as a learning system exports it, to fill marks into."""

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
from grader.export.plain_text import feedback
from grader.models.report import Report
from grader.models.submission import Student
from grader.reports.sanitize import no_formula
from grader.reports.wording import neat
from grader.submissions.roster import read_roster, read_rows
from grader.submissions.roster_matching import Classmates

_NUMBER = re.compile(r"\s*+[+-]?[\d.,]*+\s*+(?:%\s*+)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a table, all rows as long as the heading, and the students in it."""

    path: Path
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    students: Sequence[Student]

    def column(self, title: str) -> int:
        """Where the column of a title is.

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
        """See that the learning system's greatest mark, as it writes it, is the assignment's.

        Raises:
            RosterError: it is another one, or no number.
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


class Mark(NamedTuple):
    """What of a report goes into a table; `points` is empty when there is no mark."""

    points: str
    max_points: float
    feedback: str


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


def mark(report: Report) -> Mark:
    """What of a report goes into a table."""
    points = "" if report.points is None else str(neat(report.points))
    return Mark(points, report.max_points, feedback(report))


def marks_by(key: str, sheet: Sheet, reports: Iterable[Report]) -> tuple[dict[str, Mark], list[str]]:
    """The mark of each student by `key` of `Student.keys`, and the ids of submissions of nobody in the sheet.

    Raises:
        RosterError: two rows have the same key, or two submissions are of the same student.
    """
    counts = Counter(student.keys[key] for student in sheet.students if key in student.keys)
    for number, count in counts.most_common(1):
        if count > 1:
            raise RosterError(f"{sheet.path}: {count} rows have the id {number}\n  Leave one of them.")
    classmates = Classmates(sheet.students)
    marks: dict[str, Mark] = {}
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
        marks[number] = mark(report)
    return marks, strangers


def kept(cell: str) -> str:
    """A cell of a learning system's as it was, unless a spreadsheet would take it for a formula."""
    return cell if _NUMBER.fullmatch(cell) else no_formula(cell)


def written(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV of RFC 4180, with commas and `\\r\\n`; so a cell may have line ends of any kind."""
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()
