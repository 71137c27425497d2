"""`grader reveal`: the seed of hidden test cases, when the marks are out."""

from __future__ import annotations

import click

from grader.assignments.course import Course
from grader.assignments.seeds import seed_of
from grader.cli import options
from grader.cli.next_step import next_step


@click.command(
    "reveal",
    epilog="""\b
Examples:
  grader reveal statistics
  grader reveal statistics --course ~/courses/numpy

The exit status is 0 when the seed was printed; 2 when there is no such assignment, or the secret of the
course cannot be read.""",
)
@click.argument("name")
@options.course
def command(name: str, course: Course) -> None:
    """Print the seed that the hidden test cases of assignment NAME are drawn from.

    Whoever has it, the solution and the test cases can repeat a mark with `grader grade --seed`. Its
    SHA-256 is seed_sha256 in results.json, and in what `grader release` handed out. It tells nothing of
    the secret of the course or of another assignment's seed.
    """
    course.check_has(name)
    seed = seed_of(course, name)
    click.echo(seed)
    next_step("grade", name, "PATH...", "--seed", seed, first="To repeat the marks", err=True)
