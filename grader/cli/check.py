"""`grader check`: a student's public tests, at once and offline."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from grader.api import Session, load
from grader.assignments.candidates import Candidate, candidates, chosen
from grader.assignments.course import Course, own_course
from grader.cli import options
from grader.cli.file_watcher import saves
from grader.cli.next_step import next_step
from grader.comparison.verdict import Verdict
from grader.errors import UnreadableError, UsageError
from grader.grading.editions import loses
from grader.models.report import Report
from grader.notebooks.assignment_detection import Traits, read_traits
from grader.reports.terminal import submission_view
from grader.reports.wording import of_kind, untold
from grader.results.results_json import write_results
from grader.submissions import Handed, find, read


@click.command(
    "check",
    epilog="""\b
Examples:
  grader check Building_your_Deep_Neural_Network_Step_by_Step.ipynb
  grader check mine.ipynb --assignment dnn_step_by_step --watch

The exit status is 0 when every public test passed; 1 when something failed or the notebook cannot be read;
2 when the assignment, an option or this machine is at fault. With --watch it is that of the last run.""",
)
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--assignment", help="Its name.  [default: recognised from the notebook]")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead.")
@click.option("--watch", is_flag=True, help="Run them again each time NOTEBOOK is saved, until Ctrl-C.")
@options.timeout
@options.isolation
@click.option(
    "--course",
    "course",
    type=click.Path(path_type=Path, file_okay=False),
    callback=lambda _ctx, _param, value: own_course(Path.cwd(), value),
    help="Folder with solutions/ and testcases/.  [default: the nearest one; students need none]",
)
def command(
    notebook: Path, assignment: str | None, as_json: bool, watch: bool, timeout: float, isolation: str,
    course: Course | None,
) -> None:  # fmt: skip
    """Run the public tests on NOTEBOOK and say what is wrong, where, and why.

    The tests are those of the folder that NOTEBOOK came in, or of an exercise that comes with grader.
    """
    there = find([notebook])
    handed = [one for one in there if not one.fault] or there  # other files lie beside it
    if len(handed) != 1:
        raise UsageError(
            f"{notebook}: there are {len(handed)} notebooks in it\n  Check one, or use: grader grade"
        )
    found = _of(handed[0], assignment, candidates(course, [Path(handed[0].path).parent, Path.cwd()]))
    source = found.handout or load(found.root, found.name)
    with Session(source, hidden=False, timeout=timeout, isolation=isolation, cache=watch) as session:
        times = _each_save(Path(handed[0].path)) if watch else (None,)
        passed = _check(session, handed[0], times, as_json=as_json, watch=watch)
    sys.exit(0 if passed else 1)


def _check(session: Session, handed: Handed, times: Iterable[None], *, as_json: bool, watch: bool) -> bool:
    """Check a notebook for each item of `times`, or until Ctrl-C; return whether it passed the last time."""
    passed = False
    try:
        for _ in times:
            report = session.grade(handed)
            valued = tuple(score for score in report.exercises if not of_kind(score))
            passed = report.status == "graded" and not loses(valued)
            _show(session, _told_here(report), passed=passed, as_json=as_json)
            if not (as_json or watch or passed) and report.status == "graded":
                _next(report, handed)
    except KeyboardInterrupt:
        click.echo(err=True)
    return passed


def _next(report: Report, handed: Handed) -> None:
    """Name what to mend or write first, and the command that checks it."""
    wrong = [one for one in report.exercises if loses((one,)) and not untold(one) and not of_kind(one)]
    written = [one for one in wrong if one.verdict is not Verdict.NOT_ATTEMPTED]
    do = "Mend" if written else "Write"
    names = [one.name for one in written or wrong]
    next_step("check", handed.path, first=f"{do} {names[0]} and save, then" if names else "Again")


def _told_here(report: Report) -> Report:
    """Return the report without the points of functions that cannot be judged here."""
    open_ones = (score for score in report.exercises if untold(score) or of_kind(score))
    open_points = sum(score.max_points for score in open_ones if not score.bonus)
    return dataclasses.replace(report, max_points=report.max_points - open_points)


def _each_save(path: Path) -> Iterator[None]:
    for _ in saves(path):
        click.echo(f"{time.strftime('%H:%M:%S')}  {path.name}", err=True)
        yield
        click.echo("Waiting for the next save; Ctrl-C ends.", err=True)


def _show(session: Session, report: Report, *, passed: bool, as_json: bool) -> None:
    if as_json:
        click.echo(write_results(session.header, [report]).decode(), nl=False)
        return
    console = Console()
    console.print(submission_view(report))
    if passed:
        console.print("Public tests passed; hidden cases run after you submit.")


def _of(handed: Handed, assignment: str | None, there: Sequence[Candidate]) -> Candidate:
    """Return the assignment with a name, or the one that a notebook belongs to."""
    try:
        notebook = Traits() if assignment else read_traits(read(handed), handed.file)
    except UnreadableError as error:
        click.echo(f"{handed.file}: {error}", err=True)
        sys.exit(1)
    return chosen(there, assignment, notebook, handed.file)
