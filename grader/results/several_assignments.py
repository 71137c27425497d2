"""One table of several assignments: the marks of each student with weights, and the total."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.errors import UsageError
from grader.models.report import Standing, StoredReport, pending
from grader.reports.sanitize import spreadsheet_cell
from grader.reports.wording import STATUSES, neat

NOTHING: frozenset[Standing] = frozenset({"not_submitted"})
"""The statuses of who earns nothing in the total; whose work has no mark for another reason has no total."""


@dataclass(frozen=True, slots=True)
class Column:
    """One assignment: where its results are, its weight, and its reports as they count.

    `extended` are the students with an extension of whom it has no submission.
    """

    assignment: str
    folder: str
    weight: float
    reports: Sequence[StoredReport]
    extended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a student has in one assignment; `share` is None if there is no mark.

    `excused` marks leave the weight out. `missing` means that the folder does not know the student. `pending`
    are the questions that a person has to mark yet: until then the points are those so far, and no share.
    """

    status: Standing
    points: float | None = None
    max_points: float = 0.0
    excused: bool = False
    missing: bool = False
    pending: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Return the share of the points that counts: 0 of nothing handed in, None if it is unknown."""
        if self.points is None or not self.max_points or self.pending:
            return 0.0 if self.points is None and self.status in NOTHING else None
        return self.points / self.max_points

    def __str__(self) -> str:
        """Return the mark in percent, or why there is none."""
        if self.excused:
            return "excused"
        if self.missing:
            return "missing"
        if self.pending and self.points is not None and self.max_points:
            return f"{percent(self.points / self.max_points)} so far"
        if self.points is None or self.share is None:
            return STATUSES[self.status]
        return str(neat(round(100 * self.share, 2)))


@dataclass(frozen=True, slots=True)
class Row:
    """One student: a mark for each assignment, and the total as a share, None if it cannot be told."""

    id: str
    name: str
    marks: tuple[Mark, ...]
    total: float | None


def table(columns: Sequence[Column]) -> list[Row]:
    """Return a row for each student of any assignment, in the order in which they first appear.

    Raises:
        UsageError: two columns are of one assignment.
    """
    _check(columns)
    known: list[dict[str, StoredReport]] = [{_key(one): one for one in each.reports} for each in columns]
    first = {key: one for each in reversed(known) for key, one in reversed(each.items())}
    order = dict.fromkeys(key for each in known for key in each)
    return [_row(first[key], [each.get(key) for each in known], columns) for key in order]


def _check(columns: Sequence[Column]) -> None:
    folders: dict[str, str] = {}
    for each in columns:
        other = folders.setdefault(each.assignment, each.folder)
        if other != each.folder:
            raise UsageError(
                f"{other} and {each.folder} are both of {each.assignment}\n  Name one of the two folders."
            )


def _key(report: StoredReport) -> str:
    return (report.student.id if report.student else report.id).casefold()


def _row(one: StoredReport, reports: Sequence[StoredReport | None], columns: Sequence[Column]) -> Row:
    marks = tuple(map(_mark, reports))
    name = next(
        (found.student.name for found in reports if found and found.student and found.student.name), ""
    )
    weights = [each.weight for each in columns]
    return Row(one.student.id if one.student else one.id, name, marks, total(marks, weights))


def _mark(report: StoredReport | None) -> Mark:
    if report is None:
        return Mark("not_submitted", missing=True)
    nothing_left = report.ruling is not None and report.points is not None and not report.max_points
    excused = nothing_left or (report.ruling is not None and report.ruling.excused)
    return Mark(report.status, report.points, report.max_points, excused, pending=pending(report))


def total(marks: Sequence[Mark], weights: Sequence[float]) -> float | None:
    """Return the weighted mean of the shares of the points, without what is excused.

    Args:
        marks: what a student has in each assignment.
        weights: the weights of the assignments.

    Returns:
        a share; None if work has no mark that should have one, or nothing counts.
    """
    counted = [(mark.share, weight) for mark, weight in zip(marks, weights, strict=True) if not mark.excused]
    if any(share is None for share, weight in counted if weight):
        return None
    whole = sum(weight for _, weight in counted)
    return sum((share or 0.0) * weight for share, weight in counted) / whole if whole else None


def percent(share: float | None) -> str:
    """Return a share in percent; empty if there is none."""
    return "" if share is None else str(neat(round(100 * share, 2)))


def as_csv(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Write the table as CSV: in percent, with names and weights in the first line. No cell is a formula.

    Args:
        columns: the assignments.
        rows: the students.

    Returns:
        the file.
    """
    text = io.StringIO()
    table_rows = csv.writer(text, lineterminator="\n")
    headings = [f"{spreadsheet_cell(each.assignment)} (weight {neat(each.weight)})" for each in columns]
    table_rows.writerow(["id", "name", *headings, "total"])
    for row in rows:
        who = map(spreadsheet_cell, (row.id, row.name))
        table_rows.writerow([*who, *map(str, row.marks), percent(row.total)])
    return text.getvalue().encode()


def as_builtins(columns: Sequence[Column], rows: Sequence[Row]) -> Mapping[str, object]:
    """Convert the table to lists and dictionaries, for JSON.

    Args:
        columns: the assignments.
        rows: the students.

    Returns:
        the table.
    """
    return {
        "assignments": [
            {"name": each.assignment, "folder": each.folder, "weight": neat(each.weight)} for each in columns
        ],
        "students": [
            {
                "id": row.id,
                "name": row.name,
                "marks": {
                    each.assignment: {
                        "status": "missing" if mark.missing else mark.status,
                        "points": None if mark.points is None else neat(mark.points),
                        "max_points": neat(mark.max_points),
                        "excused": mark.excused,
                        "pending": [*mark.pending],
                    }
                    for each, mark in zip(columns, row.marks, strict=True)
                },
                "total": None if row.total is None else round(row.total, 6),
            }
            for row in rows
        ],
    }
