"""`grader check`: a student's public tests, at once and offline."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from grader.assignment import Course, solution_cells
from grader.batch import Grader, Order
from grader.cli import options
from grader.errors import UnreadableError, UsageError
from grader.intake import Handed, find, read
from grader.notebook.reading import read_cells
from grader.notebook.recognition import marked_functions, recognise
from grader.report.results import write_results
from grader.report.terminal import submission_view

NO_SEED = ""  # no hidden case is run


@click.command(
    "check",
    epilog="""\b
Examples:
  grader check Building_your_Deep_Neural_Network_Step_by_Step.ipynb
  grader check mine.ipynb --assignment dnn_step_by_step

The exit status is 0 when every public test passed; 1 when something failed or the notebook cannot be read;
2 when the assignment, an option or this machine is at fault.""",
)
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--assignment", help="Its name.  [default: recognised from the notebook]")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead.")
@options.timeout
@options.isolation
@options.course
def command(
    notebook: Path, assignment: str | None, as_json: bool, timeout: float, isolation: str, course: Course
) -> None:
    """Run the public tests on NOTEBOOK and say what is wrong, where, and why."""
    handed = find([notebook])
    if len(handed) != 1:
        raise UsageError(
            f"{notebook}: there are {len(handed)} notebooks in it\n  Check one, or use: grader grade"
        )
    name = assignment or _recognised(handed[0], course)
    order = Order(course.root, name, NO_SEED, timeout, isolation, public=True)
    with Grader(order) as grader:
        header, report = grader.header, grader.grade(handed[0])
    if as_json:
        click.echo(write_results(header, [report]).decode(), nl=False)
    else:
        console = Console()
        console.print(submission_view(report))
        if report.points == report.max_points:
            console.print("Public tests passed; hidden cases run after you submit.")
    sys.exit(0 if report.points == report.max_points else 1)


def _recognised(handed: Handed, course: Course) -> str:
    """The assignment that a notebook belongs to.

    Raises:
        UsageError: it belongs to none of the course.
    """
    marked = {name: marked_functions(solution_cells(course.solution(name))) for name in course.names()}
    try:
        name = recognise(read_cells(read(handed)), marked)
    except UnreadableError as error:
        click.echo(f"{handed.file}: {error}", err=True)
        sys.exit(1)
    if name is None:
        raise UsageError(
            f"{handed.file}: it has graded functions of no assignment here\n"
            f"  Name one with --assignment: {', '.join(marked)}."
        )
    return name
