"""`grader report`: a page on the whole class."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from urllib.parse import quote

import click

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import AssignmentError, UsageError
from grader.files.atomic_files import write_atomically
from grader.results.database import read_record
from grader.results.marking import shown, write_students


@click.command(
    "report",
    epilog="""\b
Examples:
  grader report results
  grader report results --out class.html --open

The exit status is 0 when the page was written; 2 when the folder has no results, or an option or this
machine is at fault.""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    show_default="DIR/report.html",
    help="Where the page goes.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@options.course
def command(folder: Path, out: Path | None, show: bool, course: Course) -> None:
    """Write a page on the class whose results are in DIR.

    What needs a person, marks, functions, what brings down what, groups of the same mistakes with a command
    to comment on each, test cases that caught nobody, similar code, and the table of students.
    """
    from grader.reports.class_report.page import write_class_report

    path = out or folder / "report.html"
    named, base = shlex.quote(str(folder)), _way(path.parent, folder)
    with read_record(folder) as record:
        reference = _reference(course, record.header.assignment)
        page = write_class_report(record.header, shown(record), reference, folder=named, base=base)
        try:
            write_atomically(path, page.encode())
            if out is None:
                write_students(folder, record)
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}\n  Choose another place with --out.") from None
    click.echo(path)
    if show:
        click.launch(str(path))
    next_step("comment", folder, "GROUP", "TEXT", first="To write to a group", err=True)


def _way(start: Path, end: Path) -> str:
    """Return what leads from one folder to another, as the beginning of a link; empty if they are one."""
    way = os.path.relpath(end.resolve(), start.resolve())
    return "" if way == "." else f"{quote(os.fsencode(way))}/"


def _reference(course: Course, assignment: str) -> dict[str, str]:
    """Return the functions of the reference, if the assignment is available."""
    try:
        functions = load(course, assignment).reference.functions
    except AssignmentError as error:
        click.echo(f"Similar code is looked for without the reference: {error}", err=True)
        return {}
    return {name: found.source for name, found in functions.items()}
