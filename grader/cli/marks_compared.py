"""Show how the marks of results folders differ from those of another grader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from grader.assignments.course import Course, own_course
from grader.assignments.loader import load
from grader.cli.plain_table import print_table
from grader.errors import AssignmentError, UsageError
from grader.importers.old_marks import Comparison, Graded, compare, read_old_marks
from grader.reports.sanitize import one_line
from grader.reports.wording import neat
from grader.results.database import Record, read_record
from grader.results.marking import shown


def show_comparison(folders: Sequence[Path], file: Path, course: Path | None, *, as_json: bool) -> int:
    """Print the marks that differ.

    Args:
        folders: the results.
        file: the table of the other grader.
        course: the course folder that was named, if one was.
        as_json: print an object for each difference instead of a table.

    Returns:
        the exit status: 1 if a mark differs.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from None
    found = compare(read_old_marks(data, str(file)), [_graded(folder, course) for folder in folders])
    if as_json:
        for each in found.differences:
            click.echo(json.dumps(each._asdict(), ensure_ascii=False))
    elif found.differences:
        rows = [[one.student, one.what, _mark(one.old), _mark(one.new), one.why] for one in found.differences]
        print_table(["student", "what", "there", "here", "why"], rows, (2, 3))
    for line in _summary(found, file):
        click.echo(one_line(line), err=True)
    return 1 if found.differences else 0


def _summary(found: Comparison, file: Path) -> list[str]:
    lines = [f"{found.same} marks are the same, {len(found.differences)} differ."]
    if not found.same and not found.differences:
        lines = [f"Nothing in {file} is of an assignment or a student of these results."]
    if found.unknown:
        lines += [f"Not compared, since nothing here has that name: {', '.join(found.unknown)}."]
    return lines


def _graded(folder: Path, course: Path | None) -> Graded:
    with read_record(folder) as record:
        name = record.header.assignment
        return Graded(name, [*shown(record)], _ids(record, name, course))


def _ids(record: Record, name: str, course: Path | None) -> dict[str, str]:
    """Return the ids that the items of an assignment had in the other grader; none if it is not here."""
    found = own_course(Path.cwd(), course)
    root = found.root if found else Path(json.loads(record.order)["course"])
    try:
        return dict(load(Course(root), name).wanted.grade_ids)
    except (AssignmentError, OSError):
        return {}


def _mark(points: float | None) -> str:
    return "" if points is None else str(neat(points))
