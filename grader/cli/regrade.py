"""`grader regrade`: a class again, after its assignment has changed."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.assignments.course import Course, find_course
from grader.assignments.course_file import course_title, late_policy_of
from grader.assignments.seeds import WITHOUT_SECRET, seed_of
from grader.cli import options
from grader.cli.next_step import next_step
from grader.cli.progress import watched
from grader.errors import AssignmentError
from grader.execution.grader import Grader, Order
from grader.execution.regrade import Regrading, order_of, regraded
from grader.execution.regrade_words import COLUMNS, rows_of


@click.command(
    "regrade",
    epilog="""\b
Examples:
  grader regrade results --diff
  grader regrade results --yes --json

The exit status is 0 when the new results are in place or, with --diff, no mark would change; 1 when one
would, or when you did not want them; 2 when a notebook is not there as it was graded, or the folder, the
assignment, an option or this machine is at fault. Then the results are as they were.""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--diff", is_flag=True, help="Write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one object instead of a table.")
@click.option(
    "--seed",
    callback=options.not_blank,
    show_default="the one that it was graded with",
    help="What the hidden test cases are drawn from, from now on.",
)
@options.jobs
@click.option(
    "--course",
    "moved_to",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the course is.  [default: where it was]",
)
def command(
    folder: Path, diff: bool, yes: bool, as_json: bool, seed: str | None, jobs: int, moved_to: Path | None
) -> None:  # fmt: skip
    """Grade again what is in results folder DIR, and say whose mark changes, and because of what.

    The notebooks are those that were graded, the options the same, and the seed too unless --seed is
    typed; the assignment, the late policy, the comments and the adjustments are those of now. At a terminal
    it asks before it puts the new results in the place of the old ones, all at once. Made of the old ones
    and so removed: DIR/report.html and notebooks with remarks.
    """
    order = _found(folder, order_of(folder), moved_to)
    if seed is not None:
        order = dataclasses.replace(order, seed=seed)
    course = Course(order.course)
    late = late_policy_of(course, order.assignment)
    order = dataclasses.replace(order, late=late, course_title=course_title(course))
    if order.seed == WITHOUT_SECRET:
        seed_of(Course(order.course), order.assignment)  # refuses where students were promised another
    with (
        Grader(order, private=(folder,)) as grader,
        regraded(folder, grader, order, jobs, watched) as regrading,
    ):
        if as_json:
            click.echo(_as_json(regrading))
        else:
            _show(regrading)
        for name in regrading.astray:
            click.echo(f"{name}: its notebook is not where it was, or not what it was", err=True)
        if diff and not as_json:
            _next(folder, changes=bool(regrading.changes))
        if diff:
            sys.exit(2 if regrading.astray else 1 if regrading.changes else 0)
        if not regrading.astray and regrading.changes and not yes and sys.stdin.isatty():
            click.confirm("Let these be the marks?", abort=True, err=True)
        regrading.put_in_place()
    if not as_json:
        _next(folder, changes=False)


def _next(folder: Path, *, changes: bool) -> None:
    if changes:
        next_step("regrade", folder, first="To let these be the marks")
    else:
        next_step("report", folder, "--open")


def _found(folder: Path, order: Order, moved_to: Path | None) -> Order:
    """Return the order with the current place of the course."""
    try:
        course = find_course(Path(), moved_to or order.course)
    except AssignmentError:
        if moved_to:
            raise
        raise AssignmentError(
            f"{order.course}: the course is no longer there\n"
            f"  Say where it is: grader regrade {folder} --course COURSE"
        ) from None
    return dataclasses.replace(order, course=course.root.absolute())


def _as_json(regrading: Regrading) -> str:
    changes = [dataclasses.asdict(change) for change in regrading.changes]
    return json.dumps({"count": regrading.count, "astray": regrading.astray, "changes": changes}, indent=1)


def _show(regrading: Regrading) -> None:
    """Print a row for each function that changes a mark: as a table, or tab-separated into a pipe."""
    rows = [row for change in regrading.changes for row in rows_of(change)]
    console = Console()
    if not console.is_terminal:
        for row in rows:
            click.echo("\t".join(row))
    elif rows:
        table = Table(*COLUMNS, box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
    click.echo(f"{len(regrading.changes)} of {regrading.count} marks change.")
