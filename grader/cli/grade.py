"""`grader grade`: notebooks to marks."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from rich.console import Console

from grader.assignment import Course
from grader.batch import Grader, Order
from grader.cli import options
from grader.cli.watching import unwatched, watched
from grader.comments import comments_in
from grader.errors import NameMapError, RosterError, UsageError
from grader.intake import Handed, find
from grader.record import Record, read_record
from grader.report.tally import Tally
from grader.report.terminal import class_table, tally_table
from grader.report.text import one_line
from grader.results_folder import Watch, grade_into, graded_into
from grader.roster import read_roster
from grader.sandbox.layers.policy import summary
from grader.secret import seed_of

SMALL = 60
"""Submissions of a class that is shown one by one."""

STOPPED = 130
"""The exit status of what ^C stopped, as shells have it."""


@click.command(
    "grade",
    epilog="""\b
Examples:
  grader grade dnn_step_by_step submissions/
  grader grade dnn_step_by_step class.zip late.ipynb --seed "spring 26" --out marks

The exit status is 0 when every notebook was graded, whatever it scored; 1 when some could not be read
or graded; 2 when the assignment, an option or this machine is at fault; 130 when ^C stopped it.""",
)
@click.argument("name")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("results"),
    show_default=True,
    help="Where results.json, grades.csv and feedback/ go.",
)
@options.jobs
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Grade on the workers of the Dask scheduler at tcp://HOST:PORT; `local` starts some here.",
)
@click.option(
    "--seed",
    show_default="from the course's secret; grader where there is none",
    help="What the hidden test cases are drawn from; keep yours secret.",
)
@click.option(
    "--map",
    "name_map",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A name map, for work written with other names.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV of the class: yours, or as Canvas, Moodle or Gradescope export it.",
)
@click.option("--no-cache", is_flag=True, help="Run functions again that mean the same as others.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of a table.")
@click.option("--quiet", is_flag=True, help="Show no progress and no table; only problems.")
@options.timeout
@options.isolation
@options.course
def command(
    name: str, paths: tuple[Path, ...], out: Path, jobs: int, cluster: str | None, seed: str | None,
    name_map: Path | None, roster: Path | None, no_cache: bool, as_json: bool, quiet: bool, timeout: float,
    isolation: str, course: Course,
) -> None:  # fmt: skip
    """Grade notebooks of assignment NAME: files, folders of them, or zips of them.

    Writes results.json, grades.csv and one page of feedback for each student. What was graded before and
    has not changed is not graded again: a run that was stopped goes on when it is run again.
    """
    start = time.monotonic()
    course.check_has(name)
    handed = _handed_in(paths, roster)
    names = _text_of(name_map) if name_map else ""
    drawn_from = seed or seed_of(course, name)
    where = course.root.absolute()  # for `regrade`, wherever it is called
    order = Order(
        where,
        name,
        drawn_from,
        timeout,
        isolation,
        names,
        str(name_map),
        remember=not no_cache,
        comments=comments_in(out),
    )
    watch = unwatched if quiet else watched
    try:
        if cluster:
            numbers = _grade_by_many(out, order, handed, cluster, jobs, watch)
        else:
            with Grader(order) as grader:
                numbers = grade_into(out, grader, order, handed, jobs, watch)
    except KeyboardInterrupt:
        click.echo("Stopped. What was graded is kept: to go on, run the same command again.", err=True)
        sys.exit(STOPPED)
    if as_json:
        click.echo((out / "results.json").read_bytes(), nl=False)
    elif not quiet:
        with read_record(out) as record:
            _show(record, numbers)
        click.echo(f"{numbers}, in {time.monotonic() - start:.1f} s. Results: {out}/")
    if quiet:
        for reason in numbers.reasons:
            click.echo(one_line(reason), err=True)
    sys.exit(1 if numbers.reasons else 0)


def _show(record: Record, numbers: Tally) -> None:
    """Print a table of the class, and how its code was isolated."""
    console = Console()
    small = numbers.statuses.total() <= SMALL
    console.print(class_table(list(record.reports())) if small else tally_table(numbers))
    isolation = record.header.isolation
    console.print(f"{summary(frozenset(isolation.tested), isolation.missing)}.", highlight=False)


def _grade_by_many(
    out: Path, order: Order, handed: list[Handed], address: str, jobs: int, watch: Watch
) -> Tally:
    try:
        from grader.cluster import Cluster
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--cluster needs Dask: {error}\n  Install it with: pip install 'grader[cluster]'"
        ) from None
    with Cluster(order, address, jobs) as cluster:
        return graded_into(out, cluster.header, order, handed, lambda work, _: cluster.grade_all(work), watch)


def _handed_in(paths: tuple[Path, ...], roster: Path | None) -> list[Handed]:
    if roster is None:
        return find(paths)
    students = read_roster(roster)
    handed = find(paths, students)
    if sum(one.absent for one in handed) == len(students):
        raise RosterError(
            f"{roster}: none of its {len(students)} students is named by one of the notebooks\n"
            "  Name the roster of this class, or leave --roster out."
        )
    return handed


def _text_of(name_map: Path) -> str:
    try:
        text = name_map.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NameMapError(f"{name_map}: it cannot be read ({error})\n  Save it as text in UTF-8.") from None
    if not any(line.split("#")[0].strip() for line in text.splitlines()):
        raise NameMapError(
            f"{name_map}: it names nothing\n  Write a line `theirs = ours`, or leave --map out."
        )
    return text
