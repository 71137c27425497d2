"""`grader new`: a small assignment to edit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.assignments.course import Course, find_course
from grader.assignments.loader import load
from grader.assignments.seeds import ensure_secret
from grader.authoring.release import release
from grader.authoring.scaffold import KINDS, make_new
from grader.cli import options
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

FOLDERS = {"solutions", "testcases", "assignments", "public_tests"}


@click.command(
    "new",
    epilog="""\b
Examples:
  grader new statistics
  grader new regression --kind class --course ~/courses/numpy

The exit status is 0 when it is made; 2 when the name does not do, or is taken.""",
)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="function",
    show_default=True,
    help="What it is an example of.",
)
@options.isolation
@click.option(
    "--course",
    "named",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with solutions/ and testcases/.  [default: the current one, see above]",
)
def command(name: str, kind: str, isolation: str, named: Path | None) -> None:
    """Make assignment NAME in the course folder, or start one in the current folder.

    An empty folder becomes a course of its own, also inside of another course; at a terminal grader asks.

    It works as it is and is released; edit from there. By its kind it has two functions with broken and
    accepted versions; a class whose methods have points of their own; variables and a question; a training
    with parts, a metric and something forbidden; or data that is handed out.
    A new course gets a secret, from which the seeds of its hidden test cases come: keep a copy of it.
    """
    target, is_new = _target(name, named)
    with ForkServer(required=isolation) as sandbox:  # before anything is written
        written = make_new(target, name, kind)
        if is_new and (secret := ensure_secret(target)):
            written.append(secret)
        definition = load(target, name)
        made = release(definition, prepare(definition, sandbox, "new"), sandbox)
    for path in (*written, *(target.root / path for path in made.files)):
        click.echo(str(path.relative_to(target.root)))
    click.echo(f"\nEdit solutions/{name}.py and testcases/{name}.py, then run:")
    click.echo(f"  grader release {name}\n  grader validate {name}")


def _target(name: str, named: Path | None) -> tuple[Course, bool]:
    """Return the course to write to, and whether it is a new one."""
    here = Path.cwd()
    course = find_course(here, named)
    if named or course.root == here:
        return course, False
    if course.shipped:
        return Course(here), True
    own = not any(here.iterdir()) and here.relative_to(course.root).parts[0] not in FOLDERS
    if sys.stdin.isatty():
        own = click.confirm(f"{here} is inside the course {course.root}. Start a course here?", own, err=True)
    if own:
        click.echo(
            f"A new course in {here}. In the course around it: grader new {name} --course {course.root}"
        )
        return Course(here), True
    click.echo(f"In the course {course.root}. For a course of your own, type this in an empty folder.")
    return course, False
