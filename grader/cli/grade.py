"""`grader grade`: notebooks to marks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from grader.assignment import Course
from grader.batch import Grader, Order, grade_all
from grader.cli import options
from grader.cli.watching import watched
from grader.errors import NameMapError
from grader.intake import find
from grader.report.results import write_results
from grader.report.terminal import class_table
from grader.results_folder import write_folder
from grader.sandbox.layers.policy import summary


@click.command(
    "grade",
    epilog="""\b
Examples:
  grader grade dnn_step_by_step submissions/
  grader grade dnn_step_by_step class.zip late.ipynb --seed "spring 26" --out marks

The exit status is 0 when every notebook was graded, whatever it scored; 1 when some could not be read
or graded; 2 when the assignment, an option or this machine is at fault.""",
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
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="Processes to use.",
)
@click.option(
    "--seed",
    default="grader",
    show_default=True,
    help="What the hidden test cases are drawn from; keep yours secret.",
)
@click.option(
    "--map",
    "name_map",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A name map, for work written with other names.",
)
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of a table.")
@options.timeout
@options.isolation
@options.course
def command(
    name: str, paths: tuple[Path, ...], out: Path, jobs: int, seed: str, name_map: Path | None,
    as_json: bool, timeout: float, isolation: str, course: Course,
) -> None:  # fmt: skip
    """Grade notebooks of assignment NAME: files, folders of them, or zips of them.

    Writes results.json, grades.csv and one page of feedback for each student.
    """
    handed = find(paths)
    names = _text_of(name_map) if name_map else ""
    order = Order(course.root, name, seed, timeout, isolation, names, str(name_map))
    with Grader(order) as grader:
        header = grader.header
        reports = write_folder(out, header, watched(grade_all(grader, order, handed, jobs), len(handed)))
    if as_json:
        click.echo(write_results(header, reports).decode(), nl=False)
    else:
        console = Console()
        console.print(class_table(reports))
        isolation_line = summary(frozenset(header.isolation.tested), header.isolation.missing)
        console.print(f"{isolation_line}. Results: {out}/", highlight=False)
    sys.exit(0 if all(report.status == "graded" for report in reports) else 1)


def _text_of(name_map: Path) -> str:
    try:
        return name_map.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NameMapError(f"{name_map}: it cannot be read ({error})\n  Save it as text in UTF-8.") from None
