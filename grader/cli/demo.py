"""`grader demo`: grades a dozen sample submissions of each assignment that comes with grader."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console

from grader.api import grade, load
from grader.assignments.course import Course, shipped_course
from grader.authoring.sample_class import sample_class
from grader.cli import options
from grader.cli.progress import watched
from grader.files.atomic_files import write_atomically
from grader.reports.terminal import class_table


@click.command(
    "demo",
    epilog="""\b
Examples:
  grader demo
  grader demo --isolation weak

The exit status is 0 when the samples were graded (one of a class, on purpose, cannot be); 2 when this machine
is at fault.""",
)
@options.isolation
def command(isolation: str) -> None:
    """Grade a dozen sample submissions of each assignment that comes with grader; say where reports are."""
    course = shipped_course()
    course.check_has(next(iter(course.names()), ""))
    folder = Path(tempfile.mkdtemp(prefix="grader-demo-"))
    pages = [_grade_samples(course, name, folder, isolation) for name in course.names()]
    results = folder / "results"
    click.echo("\nEach student's page is one file; open one in a browser:")
    for page in pages:
        click.echo(f"  {page}")
    click.echo(f"The notebooks are in {folder / 'submissions'}")
    click.echo(f"A class on one page: grader report {results / course.names()[0]} --open")
    if len(course.names()) > 1:
        click.echo(f"All assignments in one table: grader gradebook {results}/*")


def _grade_samples(course: Course, name: str, folder: Path, isolation: str) -> Path:
    """Grade the sample submissions of an assignment, print the table of the class, and return a page."""
    assignment = load(course, name)
    submissions = folder / "submissions" / name
    _write(sample_class(assignment), submissions)
    results = grade(
        assignment,
        submissions,
        out=folder / "results" / name,
        seed="demo",
        isolation=isolation,
        watch=watched,
    )
    if len(course.names()) > 1:
        click.echo(f"\n{name}")
    Console().print(class_table([*results]))
    pages = folder / "results" / name / "feedback"
    return next(page for page in (pages / "fatima.html", pages / "ada.html") if page.exists())


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        write_atomically(folder / name, data)
