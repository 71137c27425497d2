"""`grader grade`: notebooks to marks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from grader.assignment import Course
from grader.batch import Grader, Order
from grader.cli import options
from grader.cli.watching import watched
from grader.errors import NameMapError, RosterError
from grader.intake import Handed, find
from grader.record import read_record
from grader.report.terminal import class_table
from grader.results_folder import comments_in, grade_into
from grader.roster import read_roster
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
@click.option(
    "--roster",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV of the class: yours, or as Canvas, Moodle or Gradescope export it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of a table.")
@options.timeout
@options.isolation
@options.course
def command(
    name: str, paths: tuple[Path, ...], out: Path, jobs: int, seed: str, name_map: Path | None,
    roster: Path | None, as_json: bool, timeout: float, isolation: str, course: Course,
) -> None:  # fmt: skip
    """Grade notebooks of assignment NAME: files, folders of them, or zips of them.

    Writes results.json, grades.csv and one page of feedback for each student.
    """
    handed = _handed_in(paths, roster)
    names = _text_of(name_map) if name_map else ""
    order = Order(
        course.root, name, seed, timeout, isolation, names, str(name_map), comments=comments_in(out)
    )
    with Grader(order) as grader:
        grade_into(out, grader, order, handed, jobs, watched)
        header = grader.header
    with read_record(out) as record:
        reports = list(record.reports())
    if as_json:
        click.echo((out / "results.json").read_bytes(), nl=False)
    else:
        console = Console()
        console.print(class_table(reports))
        isolation_line = summary(frozenset(header.isolation.tested), header.isolation.missing)
        console.print(f"{isolation_line}. Results: {out}/", highlight=False)
    sys.exit(0 if all(report.status in {"graded", "not_submitted"} for report in reports) else 1)


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
