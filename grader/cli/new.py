"""`grader new`: a small assignment to edit."""

from __future__ import annotations

from pathlib import Path

import click

from grader.assignment import Course, load
from grader.authoring.new import make_new
from grader.authoring.release import release
from grader.cli import options
from grader.grading import prepare
from grader.sandbox.forkserver import ForkServer
from grader.secret import ensure_secret


@click.command(
    "new",
    epilog="""\b
Examples:
  grader new statistics
  grader new statistics --course ~/courses/numpy

The exit status is 0 when it is made; 2 when the name does not do, or is taken.""",
)
@click.argument("name")
@options.isolation
@options.course
def command(name: str, isolation: str, course: Course) -> None:
    """Make assignment NAME in the course folder, or start one in the current folder.

    It has two functions, seeded test cases, broken and accepted versions, and is released; edit from there.
    A new course gets a secret, from which the seeds of its hidden test cases come: keep a copy of it.
    """
    target = Course(Path.cwd()) if course.shipped else course
    written = make_new(target, name)
    if course.shipped and (secret := ensure_secret(target)):
        written.append(secret)
    with ForkServer(required=isolation) as sandbox:
        definition = load(target, name)
        made = release(definition, prepare(definition, sandbox, "new"), sandbox)
    for path in (*written, *(target.root / path for path in made.files)):
        click.echo(str(path.relative_to(target.root)))
    click.echo(f"\nEdit solutions/{name}.py and testcases/{name}.py, then run:")
    click.echo(f"  grader release {name}\n  grader validate {name}")
