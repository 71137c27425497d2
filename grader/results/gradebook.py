"""grades.csv: one row a submission, for spreadsheets and people."""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from grader.models.report import Report, Score, StoredReport, StoredScore, is_pending, pending
from grader.reports.sanitize import spreadsheet_cell
from grader.reports.wording import all_decisions, neat, notes

LEADING = ("id", "name", "file", "status", "late", "points", "max_points", "computed_points")


EXCUSED = "excused"


def write_gradebook(reports: Iterable[Report | StoredReport]) -> Iterator[bytes]:
    """Yield grades.csv in pieces: a header, then a row for each of `reports`, in their order.

    The columns are id, name, file, status, late, points, max_points, computed_points, one for each exercise
    of whoever was graded first, since all have the same, and notes. Points are those that count; computed are
    those of the notebook itself. What was not graded, or waits for a person's mark, has empty cells, never a
    zero; what does not count is `excused`. No cell is a formula to a spreadsheet.
    """
    rows, rest = csv.writer(SimpleNamespace(write=str.encode), lineterminator="\n"), iter(reports)
    begin: list[Report | StoredReport] = []
    while not (begin and begin[-1].exercises) and (report := next(rest, None)):
        begin.append(report)
    exercises = [score.name for score in begin[-1].exercises] if begin else []
    yield rows.writerow((*LEADING, *map(spreadsheet_cell, exercises), "notes"))
    for report in itertools.chain(begin, rest):
        yield rows.writerow(_cells(report, exercises))


def _cells(report: Report | StoredReport, exercises: Iterable[str]) -> Iterator[str]:
    student = report.student.name if report.student else ""
    yield from map(spreadsheet_cell, (report.id, student, report.file))
    yield report.status
    yield "late" if report.late else ""
    yield EXCUSED if report.ruling and report.ruling.excused else _number(report.points)
    yield _number(report.max_points)
    yield _number(report.ruling.points if report.ruling else report.points)
    scores = {score.name: score for score in report.exercises}
    yield from (_earned(scores[name]) if name in scores else "" for name in exercises)
    waiting = [f"to be marked by a person: {', '.join(names)}"] if (names := pending(report)) else []
    yield spreadsheet_cell("; ".join((*waiting, *notes(report), *all_decisions(report))))


def _earned(score: Score | StoredScore) -> str:
    if score.ruling and score.ruling.excused:
        return EXCUSED
    return "" if is_pending(score) else _number(score.points)


@functools.lru_cache(maxsize=1024)
def _number(points: float | None) -> str:
    return "" if points is None else str(neat(points))
