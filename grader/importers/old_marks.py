"""Compare marks with the table of the grader that an assignment was imported from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from grader.errors import UsageError
from grader.importers.beside import identifier
from grader.models.report import Report, Score, is_pending
from grader.reports.wording import neat

NO_MARKS = {"total", "percent_correct", "grading_status", "points", "max_points", "max_score"}
NO_STUDENTS = {"points-per-question", "points per question"}
"""A row of otter's tables."""

CLOSE = 0.0051
"""How far marks may be apart that were rounded to hundredths."""


@dataclass(frozen=True, slots=True)
class OldMarks:
    """The marks of another grader: of each student, by assignment or by question.

    `by_assignment` is True if the columns are assignments, as in the tables of nbgrader.
    """

    marks: Mapping[str, Mapping[str, float]]
    by_assignment: bool


class Graded(NamedTuple):
    """The results of one assignment: its name, its reports as they count, and the old ids of its items."""

    assignment: str
    reports: Sequence[Report]
    ids: Mapping[str, str]


class Difference(NamedTuple):
    """A mark that differs: of whom, of what, both marks (None if there is none), and why."""

    student: str
    what: str
    old: float | None
    new: float | None
    why: str


class Comparison(NamedTuple):
    """The differences, how many marks are the same, and the columns that nothing here corresponds to."""

    differences: tuple[Difference, ...]
    same: int
    unknown: tuple[str, ...]


def read_old_marks(data: bytes, file: str) -> OldMarks:
    """Read a table of marks: nbgrader's export, otter's final_grades.csv, or one row for each student.

    Args:
        data: the bytes of the CSV.
        file: its name, for messages.

    Returns:
        the marks.

    Raises:
        UsageError: it is no such table.
    """
    try:
        rows = [*csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or len(rows[0]) < 2:
        raise UsageError(f"{file} is no table of marks\n  Export a CSV with a row for each student.")
    first = next(iter(rows[0]))
    marks: dict[str, dict[str, float]] = {}
    if {"assignment", "student_id", "score"} <= rows[0].keys():
        for row in rows:
            if (points := _number(row["score"])) is not None:
                marks.setdefault(_student(row["student_id"]), {})[row["assignment"]] = points
        return OldMarks(marks, by_assignment=True)
    for row in rows:
        if (row[first] or "").casefold() in NO_STUDENTS:
            continue
        read = {name: _number(text) for name, text in row.items() if name and name != first}
        marks[_student(row[first])] = {
            name: points
            for name, points in read.items()
            if points is not None and name.casefold() not in NO_MARKS
        }
    return OldMarks(marks, by_assignment=False)


def _number(text: object) -> float | None:
    try:
        number = float(str(text))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _student(text: str | None) -> str:
    """Return whose row it is: of a file name, the name without its ending."""
    name = PurePath((text or "").strip()).name
    return name.removesuffix(".ipynb").removesuffix(".zip").removesuffix(".py").casefold()


def compare(old: OldMarks, graded: Sequence[Graded]) -> Comparison:
    """Compare the marks of students with the old ones.

    Args:
        old: the old marks.
        graded: the results of each assignment.

    Returns:
        the differences, in the order of the results.
    """
    columns = dict.fromkeys(name for marks in old.marks.values() for name in marks)
    found: list[Difference] = []
    met: set[str] = set()
    known: set[str] = set()
    same = 0
    for student, scores in _students(graded).items():
        marks = old.marks.get(student, {})
        known.add(student)
        for what, group in _groups(columns, scores, by_assignment=old.by_assignment):
            met.add(what)
            difference = _difference(student, what, marks.get(what), group)
            same += difference is None
            found += [difference] if difference else []
    absent = [one for one in old.marks if one not in known]
    found += [
        Difference(one, what, points, None, "not graded here")
        for one in absent
        for what, points in old.marks[one].items()
        if what in met
    ]
    return Comparison(tuple(found), same, tuple(one for one in columns if one not in met))


Item = tuple[str, str, Score]
"""An assignment, the old id of an item, and its score."""


def _students(graded: Iterable[Graded]) -> dict[str, list[Item]]:
    """Return the scores of each student in all assignments."""
    found: dict[str, list[Item]] = {}
    for each in graded:
        for report in each.reports:
            key = _student(report.student.id if report.student else report.id)
            scores = [(each.assignment, each.ids.get(score.name, ""), score) for score in report.exercises]
            found.setdefault(key, []).extend(scores)
    return found


def _groups(
    columns: Collection[str], scores: Sequence[Item], *, by_assignment: bool
) -> Iterator[tuple[str, list[Item]]]:
    """Yield the old columns with the scores that each corresponds to."""
    for column in columns:
        name = identifier(column)
        if by_assignment:
            group = [one for one in scores if one[0] == name or one[0].startswith(f"{name}_")]
            group = group or ([*scores] if len({*columns}) == 1 else [])  # a notebook by its own name
        else:
            group = [one for one in scores if column in (one[1], one[2].name) or _has_part(one[2], column)]
        if group:
            yield column, group


def _has_part(score: Score, column: str) -> bool:
    return any(part.part == column or part.part.startswith(f"{column} - ") for part in score.parts)


def _difference(student: str, what: str, old: float | None, group: Sequence[Item]) -> Difference | None:
    new = neat(sum(score.points for _, _, score in group))
    if old is not None and abs(old - new) <= CLOSE:
        return None
    return Difference(student, what, old, new, _why(old, new, [score for _, _, score in group]))


def _why(old: float | None, new: float, scores: Sequence[Score]) -> str:
    """Return which items explain a difference: what lost points here, or that nothing did."""
    if old is None:
        return "not in the old table"
    waiting = [score.name for score in scores if is_pending(score)]
    if waiting and new < old:
        return f"a person has to mark {', '.join(waiting)}"
    lost = [score for score in scores if score.points < score.max_points and score.name not in waiting]
    if new < old:
        return "; ".join(f"{score.name}: {_first_line(score)}" for score in lost) or "nothing is wrong here"
    spared = [score for score in scores if score.points and score.cause]
    if spared:
        return "; ".join(
            f"{one.name} is right by itself: {one.cause} loses its own points alone" for one in spared
        )
    right = [score.name for score in scores if score.points and score not in lost]
    if lost or waiting:
        return f"right here: {', '.join(right) or 'a part'}"
    return "all of it is right here"


def _first_line(score: Score) -> str:
    lines = score.message.strip().split("\n")
    whole = "all or nothing; " if score.points == 0 and not score.parts and score.max_points else ""
    return whole + (lines[0].strip() or score.verdict)
