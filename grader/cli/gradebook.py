"""`grader gradebook`: one table of several assignments."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from grader.assignments.course import Course, own_course
from grader.assignments.course_file import NAME, of_no_assignment, read_course_file
from grader.cli.marks_compared import show_comparison
from grader.cli.next_step import next_step
from grader.cli.plain_table import print_table
from grader.errors import UsageError
from grader.export.owners import check_persons
from grader.files.atomic_files import write_atomically
from grader.reports.sanitize import one_line
from grader.reports.wording import extended_in_words, first_of, neat, pending_in_words
from grader.results.database import Record, read_record
from grader.results.marking import marking_of
from grader.results.rulings import of_nobody, ruled
from grader.results.several_assignments import Column, Mark, Row, as_builtins, as_csv, percent, table


@click.command(
    "gradebook",
    epilog="""\b
Examples:
  grader gradebook results/week1 results/week2
  grader gradebook results/* --compare old-gradebook.csv

The exit status is 0 when everyone has a total, or no mark differs; 1 when work or answers without a mark
leave somebody without, or a mark differs; 2 when a folder has no results, or course.toml, an option or this
machine is at fault.""",
)
@click.argument(
    "folders", metavar="RESULTS...", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a CSV instead of a table."
)
@click.option(
    "--compare",
    "compared",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Compare with the table of another grader: who differs, where, and why.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one object instead of a table.")
@click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with course.toml, which has the weights.  [default: the nearest, else that of the results]",
)
def command(
    folders: tuple[Path, ...], out: Path | None, compared: Path | None, as_json: bool, course: Path | None
) -> None:
    """Make one table of the assignments in several results folders: a row for each student, and the total.

    Marks are in percent of the points that count, with adjustments and the late policy. The total is the
    mean by the weights in course.toml, 1 where it has none. What is excused leaves its weight out. Nothing
    handed in earns nothing, and who is missing from a folder is named; who has work without a mark, or an
    answer that nobody has marked yet, has no total.
    """
    if compared:
        sys.exit(show_comparison(folders, compared, course, as_json=as_json))
    columns = [_column(folder, course) for folder in folders]
    rows = table(columns)
    if out:
        try:
            write_atomically(out, as_csv(columns, rows))
        except OSError as error:
            raise UsageError(f"{out}: {error.strerror}\n  Choose another place with --out.") from None
    if as_json:
        click.echo(json.dumps(as_builtins(columns, rows), indent=1, ensure_ascii=False))
    elif not out:
        _show(columns, rows)
    for line in (*_planned(folders, course), *_missing(columns, rows)):
        click.echo(one_line(line), err=True)
    if out:
        next_step("export", folders[0], "--to", "FORMAT", first="To hand marks to another system")
    elif not as_json:
        next_step("gradebook", *folders, "--out", "gradebook.csv", first="To keep it", err=True)
    sys.exit(1 if any(_undecided(row) for row in rows) else 0)


def _column(folder: Path, course: Path | None) -> Column:
    with read_record(folder) as record:
        marking, name = marking_of(record), record.header.assignment
        check_persons(record.outlines())
        reports = [ruled(outline, marking) for outline in record.outlines()]
        weights = read_course_file(_root(record, course) / NAME).weights
    nobody = of_nobody(marking.late, reports)
    return Column(name, str(folder), weights.get(name, 1.0), reports, nobody)


def _planned(folders: Sequence[Path], course: Path | None) -> Iterator[str]:
    """Yield the warnings of tables in course.toml that are of no assignment."""
    roots: dict[Path, list[str]] = {}
    for folder in folders:
        with read_record(folder) as record:
            roots.setdefault(_root(record, course), []).append(record.header.assignment)
    for root, graded in roots.items():
        if names := Course(root).names():
            yield from of_no_assignment(root, sorted({*names, *graded}))


def _root(record: Record, course: Path | None) -> Path:
    """Return the folder of the course: the one that was named, the nearest, or the one it was graded with."""
    found = own_course(Path.cwd(), course)
    return found.root if found else Path(json.loads(record.order)["course"])


def _show(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    headings = ["student", *(f"{each.assignment} (x{neat(each.weight)})" for each in columns), "total"]
    lines = [[row.name or row.id, *map(str, row.marks), percent(row.total)] for row in rows]
    print_table(headings, lines, range(1, len(headings)))


def _undecided(row: Row) -> bool:
    """Return whether a total is unknown because work has no mark."""
    return row.total is None and any(mark.share is None and not mark.excused for mark in row.marks)


def _has_no_mark(mark: Mark) -> bool:
    return mark.share is None and not (mark.excused or mark.pending)


def _missing(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    """Yield a line for each assignment that lacks students or marks."""
    for i, each in enumerate(columns):
        if each.extended:
            yield extended_in_words(each.extended, each.folder)
        if missing := [row.id for row in rows if row.marks[i].missing]:
            yield f"Missing from {each.folder}, which counts as nothing handed in: {first_of(missing)}."
        if waiting := pending_in_words(each.reports, each.folder):
            yield f"Not all have a total: {waiting}"
        if open_ones := [row.id for row in rows if _has_no_mark(row.marks[i])]:
            yield (
                f"Without a mark in {each.folder}, and so without a total: {first_of(open_ones)}. "
                f"Decide on it: grader adjust {each.folder} {open_ones[0]} --points P --because TEXT"
            )
