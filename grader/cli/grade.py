"""`grader grade`: notebooks to marks."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

import click

from grader.api import Results, grade, load
from grader.assignments.course import Course
from grader.assignments.course_file import of_no_assignment
from grader.assignments.definition import Definition
from grader.assignments.seeds import seed_of
from grader.assignments.sorting import Sorted, sort
from grader.cli import options
from grader.cli.grade_messages import known_seed, matches_nobody, unfinished, unlisted
from grader.cli.grade_tables import Graded, OneAssignment, SeveralAssignments
from grader.cli.next_step import next_step
from grader.cli.progress import watched
from grader.errors import UsageError
from grader.execution.results_run import roster_in
from grader.models.report import Level
from grader.models.submission import Student
from grader.reports.sanitize import one_line
from grader.results.database import NAME as RECORD
from grader.submissions import Survey, counted, read_pattern, survey
from grader.submissions.roster import read_roster

ROOMS = frozenset({"assignments", "solutions", "testcases", "public_tests"})
"""The folders of a course, none of which has anything that was handed in."""

WITHOUT_TLS = "{}: without TLS whoever reaches it can run code as you. Use tls://, see docs/cluster.md"

STOPPED = 130
"""The exit status of what ^C stopped, as shells have it."""

Into = Callable[[Definition, Survey, Path], Results]
"""Grades the submissions of a survey into a folder."""


@click.command(
    "grade",
    epilog="""\b
Examples:
  grader grade dnn_step_by_step submissions/
  grader grade --course . everything.zip --seed "spring 26" --out marks

The exit status is 0 when every notebook was graded, whatever it scored; 1 when some could not be read
or graded; 2 when the assignment, an option or this machine is at fault; 130 when ^C stopped it.""",
)
@click.argument("what", metavar="[NAME] PATH...", nargs=-1, required=True)
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
@click.option(
    "--hints",
    type=click.Choice(get_args(Level)),
    help="How much pages tell of the smallest change that makes a function right: nothing, its place, what "
    "it concerns, or the change itself. Other hints are told at every level.  "
    "[default: (from course.toml; kind where it is silent)]",
)
@options.timeout
@options.isolation
@options.course
def command(
    what: tuple[str, ...], out: Path, jobs: int, cluster: str | None, seed: str | None,
    name_map: Path | None, roster: Path | None, pattern: str | None, only: bool, no_cache: bool,
    as_json: bool, quiet: bool, hints: Level | None, timeout: float, isolation: str, course: Course,
) -> None:  # fmt: skip
    """Grade notebooks of assignment NAME: files, folders of them, or zips of them.

    Without NAME, each notebook is graded as the assignment that it is of, which its functions tell, its
    nbgrader ids, its title and its imports, and the file's name where these do not. Each assignment has a
    results folder in that of --out; what is of none is named.

    Writes results.json, grades.csv, one page of feedback for each student, and index.html, which leads to
    them. What is in the results folder already stays there, so a late notebook joins its class. What was
    graded before and has not changed is not graded again: a run that was stopped goes on when it is run
    again.
    """
    start = time.monotonic()
    name, paths = _name_and_paths(what, course)
    if not name and name_map:
        raise UsageError(f"--map {name_map}: it is of one assignment\n  Name that: grader grade NAME PATH...")
    definitions = [load(course, name)] if name else _all_of(course, out)
    folders = [out] if name else [out / definition.name for definition in definitions]
    students = _students(roster, () if only else folders)
    among = _among(_but_the_course(paths, course), students, pattern, definitions)
    found = _handed_in(among, roster)
    _warn_without_tls(cluster or "local")

    def into(assignment: Definition, files: Survey, folder: Path) -> Results:
        return grade(
            assignment,
            files,
            out=folder,
            seed=seed or seed_of(course, assignment.name),
            timeout=timeout,
            isolation=isolation,
            name_map=name_map,
            roster=students,
            jobs=jobs,
            cluster=cluster or "",
            cache=not no_cache,
            only=only,
            hints=hints,
            watch=None if quiet else watched,
        )

    try:
        graded = (
            OneAssignment(out, into(definitions[0], found, out))
            if name
            else _each(definitions, sort(found.handed, definitions), among, into, out)
        )
    except KeyboardInterrupt:
        click.echo("Stopped. What was graded is kept: to go on, run the same command again.", err=True)
        sys.exit(STOPPED)
    if as_json:
        click.echo(graded.as_json(), nl=False)
    elif not quiet:
        graded.show()
        for line in _known_seeds(graded, course, seed):
            click.echo(line)
        click.echo(f"{graded.counts()}, in {time.monotonic() - start:.1f} s. Results: {out}/")
    if found.others and not quiet:
        click.echo(f"Not graded: {counted(found.others)}.", err=True)
    for line in graded.advice():
        click.echo(line, err=quiet or as_json)
    planned = of_no_assignment(course.root, course.names())
    for line in (*found.faults, *(graded.reasons if quiet else ()), *planned, *_warnings(graded, roster)):
        click.echo(one_line(line), err=True)
    _next(graded, silent=quiet or as_json)
    sys.exit(1 if graded.reasons else 0)


def _next(graded: Graded, *, silent: bool) -> None:
    if not silent:
        next_step(*graded.next_words())


def _warn_without_tls(cluster: str) -> None:
    if cluster != "local" and not cluster.startswith("tls://"):
        click.echo(WITHOUT_TLS.format(cluster), err=True)


def _name_and_paths(what: Sequence[str], course: Course) -> tuple[str, tuple[Path, ...]]:
    """Return the assignment that is named first, empty if none is, and the paths.

    Raises:
        UsageError: there is only a name, and nothing of that name to grade.
    """
    first, *rest = what
    is_path = Path(first).exists() or Path(first).name != first or bool(Path(first).suffix)
    known = first in course.names()
    if not is_path and not rest:
        missing = "nothing to grade is named" if known else "there is no such file, folder or assignment"
        raise UsageError(f"{first}: {missing}\n  Name notebooks, folders or zips: grader grade NAME PATH...")
    if rest and (known or not is_path):
        return first, tuple(map(Path, rest))
    return "", tuple(map(Path, what))


def _all_of(course: Course, out: Path) -> list[Definition]:
    """Return the assignments of a course, to be graded into a folder each.

    Raises:
        AssignmentError: there is none, or one of them is at fault.
        UsageError: the folder of those folders is the results folder of an assignment itself.
    """
    names = course.names()
    if not names:
        course.check_has("NAME")
    if (out / RECORD).exists():
        raise UsageError(
            f"{out}: it has the results of one assignment, not a folder for each\n"
            "  Choose another folder with --out, or name the assignment: grader grade NAME PATH..."
        )
    return [load(course, name) for name in names]


def _students(roster: Path | None, folders: Iterable[Path]) -> tuple[Student, ...]:
    """Return the students of the roster that was named, or of one that a folder was graded with."""
    if roster:
        return read_roster(roster)
    return next(filter(None, map(roster_in, folders)), ())


def _among(
    paths: tuple[Path, ...], students: tuple[Student, ...], pattern: str | None, definitions: list[Definition]
) -> Callable[..., Survey]:
    """Return a function that surveys the paths, with the arguments of `survey` that are left."""
    modules = {module for definition in definitions for module in definition.wanted.modules}
    return functools.partial(survey, paths, students, read_pattern(pattern) if pattern else None, modules)


def _handed_in(among: Callable[..., Survey], roster: Path | None) -> Survey:
    """Find what was handed in; warn at once if the roster matches nobody."""
    found = among()
    if roster and not any(one.listed for one in found.handed if not one.absent):
        click.echo(matches_nobody(roster, found.handed), err=True)
    return found


def _each(
    definitions: Sequence[Definition], handed: Sorted, among: Callable[..., Survey], into: Into, out: Path
) -> SeveralAssignments:
    """Grade what was handed in of each assignment into a folder of its own."""
    named = {definition.name: definition for definition in definitions}
    results = {name: into(named[name], among(among=those), out / name) for name, those in handed.of.items()}
    return SeveralAssignments(out, results, handed)


def _known_seeds(graded: Graded, course: Course, seed: str | None) -> Iterator[str]:
    """Yield warnings of seeds that everybody may know."""
    names = [results.header.assignment for results in graded.folders.values()]
    warnings = (known_seed(seed or seed_of(course, name), course, name) for name in names)
    yield from filter(None, dict.fromkeys(warnings))


def _warnings(graded: Graded, roster: Path | None) -> Iterator[str]:
    """Yield warnings of submissions that are not in the roster, and of answers that wait for a person."""
    for folder, results in graded.folders.items():
        yield from unlisted(results.filed, roster, folder)
        yield from unfinished(folder)


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
