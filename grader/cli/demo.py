"""`grader demo`: a first look, without anything of one's own."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from rich.console import Console

from grader.assignment import load, shipped_course
from grader.batch import Grader, Order
from grader.cli import options
from grader.cli.watching import watched
from grader.cores import usable
from grader.demo import ASSIGNMENT, write_samples
from grader.intake import find
from grader.record import read_record
from grader.report.terminal import class_table
from grader.results_folder import grade_into


@click.command(
    "demo",
    epilog="""\b
Examples:
  grader demo
  grader demo --isolation weak

The exit status is 0 when the samples were graded (one of them, on purpose, cannot be); 2 when this machine
is at fault.""",
)
@options.isolation
def command(isolation: str) -> None:
    """Grade a dozen sample submissions that come with the package, and say where the reports are."""
    course = shipped_course()
    folder = Path(tempfile.mkdtemp(prefix="grader-demo-"))
    write_samples(load(course, ASSIGNMENT), folder / "submissions")
    handed = find([folder / "submissions"])
    order = Order(course.root, ASSIGNMENT, seed="demo", isolation=isolation)
    with Grader(order) as grader:
        grade_into(folder / "results", grader, order, handed, usable(), watched)
    with read_record(folder / "results") as record:
        Console().print(class_table(list(record.reports())))
    click.echo("\nEach student's page is one file; open one in a browser:")
    click.echo(f"  {folder / 'results' / 'feedback' / 'fatima.html'}")
    click.echo(f"The class on one page: grader report {folder / 'results'} --open")
    click.echo(f"The notebooks are in {folder / 'submissions'}")
