"""`grader report`: a page on the whole class."""

from __future__ import annotations

from pathlib import Path

import click

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import AssignmentError, UsageError
from grader.files.atomic_files import write_atomically
from grader.results.database import read_record
from grader.results.marking import shown


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

    Marks, functions, what brings down what, groups of the same wrong answers, test cases that caught
    nobody, and similar code.
    """
    from grader.reports.class_report.page import write_class_report

    path = out or folder / "report.html"
    with read_record(folder) as record:
        page = write_class_report(record.header, shown(record), _reference(course, record.header.assignment))
    try:
        write_atomically(path, page.encode())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}\n  Choose another place with --out.") from None
    click.echo(path)
    if show:
        click.launch(str(path))
    next_step("comment", folder, "GROUP", "TEXT", first="To write to a group", err=True)


def _reference(course: Course, assignment: str) -> dict[str, str]:
    """Return the functions of the reference, if the assignment is available."""
    try:
        functions = load(course, assignment).reference.functions
    except AssignmentError as error:
        click.echo(f"Similar code is looked for without the reference: {error}", err=True)
        return {}
    return {name: found.source for name, found in functions.items()}
