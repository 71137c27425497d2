"""`grader grade`: notebooks to marks."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import click
from rich.console import Console

from grader.api import Results, grade, load
from grader.assignments.course import Course
from grader.assignments.seeds import everybody_knows, seed_of
from grader.cli import options
from grader.cli.progress import watched
from grader.execution.results_merge import Filed
from grader.execution.results_run import roster_in
from grader.models.submission import Student
from grader.reports.sanitize import one_line
from grader.reports.terminal import class_table, tally_table
from grader.reports.wording import first_of
from grader.reports.wording import strangers as strangers_in_words
from grader.sandbox.layers.levels import summary
from grader.submissions import Handed, Survey, counted, read_pattern, survey
from grader.submissions.roster import compared, read_roster

ROOMS = frozenset({"assignments", "solutions", "testcases", "public_tests"})
"""The folders of a course, none of which has anything that was handed in."""

SMALL = 60
"""Submissions of a class that is shown one by one."""

REPLACED = 20
"""Submissions that came from another file than before and are named."""

WITHOUT_TLS = "{}: without TLS whoever reaches it can run code as you. Use tls://, see docs/cluster.md"

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
@options.seed
@click.option(
    "--map",
    "name_map",
    type=options.OrdinaryFile(),
    help="A name map, for work written with other names.",
)
@click.option(
    "--roster",
    type=options.OrdinaryFile(),
    help="A CSV of the class: yours, or as Canvas, Moodle or Gradescope export it.",
)
@click.option(
    "--names",
    "pattern",
    metavar="PATTERN",
    help="How files or folders are named, as '{id}_{name}_{rest}'; where no learning system did it.",
)
@click.option("--only", is_flag=True, help="Keep nothing in the results folder that is not named now.")
@click.option("--no-cache", is_flag=True, help="Run functions again that others wrote the same.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of a table.")
@click.option("--quiet", is_flag=True, help="Show no progress and no table; only problems.")
@options.timeout
@options.isolation
@options.course
def command(
    name: str, paths: tuple[Path, ...], out: Path, jobs: int, cluster: str | None, seed: str | None,
    name_map: Path | None, roster: Path | None, pattern: str | None, only: bool, no_cache: bool,
    as_json: bool, quiet: bool, timeout: float, isolation: str, course: Course,
) -> None:  # fmt: skip
    """Grade notebooks of assignment NAME: files, folders of them, or zips of them.

    Writes results.json, grades.csv and one page of feedback for each student. What is in the results folder
    already stays there, so a late notebook joins its class. What was graded before and has not changed is
    not graded again: a run that was stopped goes on when it is run again.
    """
    start = time.monotonic()
    assignment = load(course, name)
    students = _students(roster, out, only=only)
    named = _but_the_course(paths, course)
    found = _handed_in(named, roster, students, pattern, assignment.wanted.modules)
    drawn_from = seed or seed_of(course, name)
    if cluster and cluster != "local" and not cluster.startswith("tls://"):
        click.echo(WITHOUT_TLS.format(cluster), err=True)
    try:
        results = grade(
            assignment,
            found,
            out=out,
            seed=drawn_from,
            timeout=timeout,
            isolation=isolation,
            name_map=name_map,
            roster=students,
            jobs=jobs,
            cluster=cluster or "",
            cache=not no_cache,
            only=only,
            watch=None if quiet else watched,
        )
    except KeyboardInterrupt:
        click.echo("Stopped. What was graded is kept: to go on, run the same command again.", err=True)
        sys.exit(STOPPED)
    filed = results.filed
    if as_json:
        click.echo((out / "results.json").read_bytes(), nl=False)
    elif not quiet:
        _show(results)
        if everybody_knows(drawn_from):
            told = f"Everybody may know the seed of the hidden test cases, {drawn_from!r}."
            click.echo(f"{told} {_other_seed(course, name)}")
        click.echo(f"{_grown(out, filed)}{filed.tally}, in {time.monotonic() - start:.1f} s. Results: {out}/")
    if found.others and not quiet:
        click.echo(f"Not graded: {counted(found.others)}.", err=True)
    for line in filed.tally.advice():
        click.echo(line, err=quiet or as_json)
    for line in (*(filed.reasons if quiet else ()), *_unlisted(filed, roster, out)):
        click.echo(one_line(line), err=True)
    sys.exit(1 if filed.reasons else 0)


def _students(roster: Path | None, out: Path, *, only: bool) -> tuple[Student, ...]:
    """Return the students of the roster that was named, or of the one that the folder was graded with."""
    if roster:
        return read_roster(roster)
    return () if only else roster_in(out)


def _handed_in(
    paths: tuple[Path, ...],
    roster: Path | None,
    students: tuple[Student, ...],
    pattern: str | None,
    modules: Collection[str],
) -> Survey:
    """Find what was handed in; warn at once if the roster matches nobody."""
    found = survey(paths, students, read_pattern(pattern) if pattern else None, modules)
    if roster and sum(one.absent for one in found.handed) == len(students):
        click.echo(_nobody(roster, found.handed), err=True)
    return found


def _grown(out: Path, filed: Filed) -> str:
    """Return a line on how the folder changed; empty if it had nothing before."""
    return f"{out}/: {filed}.\n" if filed.joins else ""


def _unlisted(filed: Filed, roster: Path | None, out: Path) -> Iterator[str]:
    """Yield a warning about submissions that are not in the roster."""
    strangers, statuses = filed.tally.strangers, filed.tally.statuses
    if filed.added and statuses["not_submitted"] and not roster_in(out):
        yield (
            f"{out}/: it was graded with a roster that it does not remember. Name that with --roster and "
            f"grade again, so that nobody is there twice: {first_of(filed.added)}."
        )
    elif strangers and not roster:
        advice = "Name a roster that has all with --roster, and grade again."
        yield strangers_in_words(strangers, f"the roster of {out}/", advice)
    elif 0 < len(strangers) < statuses.total() - statuses["not_submitted"]:  # that of all was said before
        advice = f"Add whom it lacks, or name files by its ids, and grade again with --roster {roster}"
        yield strangers_in_words(strangers, str(roster), f"{advice}.")


def _other_seed(course: Course, name: str) -> str:
    """Return advice on how to have a secret seed."""
    secret = "" if course.shipped else f", or make a secret: grader release {name} --secret"
    return f"Name one with --seed TEXT{secret}."


def _show(results: Results) -> None:
    """Print a table of the class, the isolation, and submissions that came from another file than before."""
    console, filed = Console(), results.filed
    small = filed.tally.statuses.total() <= SMALL
    console.print(class_table([*results]) if small else tally_table(filed.tally))
    isolation = results.header.isolation
    console.print(f"{summary(frozenset(isolation.tested), isolation.missing)}.", highlight=False)
    for line in filed.moved[:REPLACED]:
        click.echo(one_line(line))


def _but_the_course(paths: tuple[Path, ...], course: Course) -> tuple[Path, ...]:
    """Replace the course folder by its contents that do not belong to the course."""
    return tuple(
        found
        for path in paths
        for found in (_inside(path) if path.resolve() == course.root.resolve() else [path])
    )


def _inside(course: Path) -> list[Path]:
    """Return the folders, notebooks and zips in a course folder that may have been handed in."""
    found = (path for path in sorted(course.iterdir()) if path.name not in ROOMS and path.name[0] != ".")
    return [path for path in found if path.is_dir() or path.suffix in {".ipynb", ".zip"}]


def _nobody(roster: Path, handed: list[Handed]) -> str:
    """Return the warning that a roster matches nobody, with what was compared."""
    columns = ", ".join(f"{heading} ({cell})" for heading, cell in compared(roster).items())
    first = handed[0]
    theirs = first.student.id if first.student else first.id
    return one_line(
        f"{roster}: it names nobody who handed in. Compared were its columns {columns} "
        f"with what files and folders are called, as {theirs} ({first.file}). "
        "Name the roster of this class, or say how files are named with --names."
    )
