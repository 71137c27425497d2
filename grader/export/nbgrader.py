"""Write the CSV of `nbgrader export`."""

from __future__ import annotations

from collections.abc import Iterable

from grader.export.lms_sheet import written
from grader.models.report import Header, Report
from grader.models.submission import Student
from grader.reports.sanitize import one_line, spreadsheet_cell
from grader.reports.wording import neat

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip


def write_nbgrader(header: Header, reports: Iterable[Report]) -> str:
    """Return the table: a row for each report. Without a mark its cells are empty, never zero.

    The late penalty is what the late policy takes off; without one it is for nbgrader or the instructor.

    Args:
        header: the header of the results.
        reports: the class.

    Returns:
        the CSV.
    """
    return written([list(COLUMNS), *(_row(header, report) for report in reports)])


def _row(header: Header, report: Report) -> list[str]:
    student = report.student or Student(report.id)
    name = one_line(student.name)
    first, _, last = name.rpartition(" ")
    if "," in name:
        last, _, first = name.partition(",")
    lateness = report.ruling.lateness if report.ruling and report.points is not None else None
    taken = lateness.taken if lateness else 0.0
    score, raw = (
        ("", "") if report.points is None else map(str, map(neat, (report.points, report.points + taken)))
    )
    texts = (
        header.assignment, "", report.submitted, student.id, last, first, student.email,
    )  # fmt: skip
    penalty = str(neat(taken)) if score else ""
    return [*map(spreadsheet_cell, texts), raw, penalty, score, str(neat(report.max_points))]
