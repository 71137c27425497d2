"""`grader release`: writes what students receive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.assignments.seeds import ensure_secret
from grader.authoring.answer_leaks import strangers
from grader.authoring.release import Release, check_releasable, make_release, release, stale_mistakes
from grader.authoring.sign_offs import unsigned
from grader.cli import options
from grader.cli.next_step import next_step
from grader.errors import AssignmentError, UsageError
from grader.files.atomic_files import write_atomically
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SEED = "release"  # no hidden case is released, so any seed does


@click.command(
    "release",
    epilog="""\b
Examples:
  grader release dnn_step_by_step
  grader release dnn_step_by_step --zip handout.zip

The exit status is 0 when the files are written or, with --check, current; 1 when one is not current; 2 when
the assignment, an option or this machine is at fault.""",
)
@click.argument("names", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; say which files are not current.")
@click.option(
    "--zip",
    "archive",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write one file to hand out (one NAME only).",
)
@click.option(
    "--secret", is_flag=True, help="First make the secret that hidden test cases come from, if there is none."
)
@options.isolation
@options.course
def command(
    names: tuple[str, ...], check: bool, archive: Path | None, secret: bool, isolation: str, course: Course
) -> None:
    """Write assignments/NAME/ and public_tests/NAME.* for each of NAMES, from its solution and test cases.

    In a course that has a secret, students also receive the SHA-256 of the seed of the hidden test cases,
    by which they know it when `grader reveal` has told it. Nothing is written when an answer would be handed
    out: a marker is misspelt or has no partner, a graded function has none, or passes without its answer.
    """
    if archive and len(names) != 1:
        raise click.UsageError("--zip takes one NAME.")
    if secret and check:
        raise click.UsageError("--check writes nothing, so it makes no --secret.")
    if course.shipped and not check:
        raise AssignmentError(
            "There is no course folder here; the exercises that come with grader are released already\n"
            "  Go to a folder with solutions/ and testcases/, or name one with --course DIR."
        )
    if secret and (path := ensure_secret(course)):
        click.echo(f"{path}  the hidden test cases come from it: keep a copy, and tell nobody")
    stale: list[str] = []
    with ForkServer(required=isolation) as sandbox:
        for name in names:
            definition = load(course, name)
            assignment = prepare(definition, sandbox, SEED)
            if check:
                check_releasable(definition, assignment, sandbox)
                made = make_release(definition, assignment, sandbox)
                stale += made.stale(course.root) + stale_mistakes(definition)
            else:
                made = release(definition, assignment, sandbox)
                _tell(made, name, archive)
            if warning := made.heavy(name):
                click.echo(warning, err=True)
            for stranger in unsigned(definition, strangers(definition, made.files)):
                click.echo(str(stranger), err=True)
    if check:
        click.echo("\n".join(stale) or "All files are current.")
    _next(names, archive, stale=bool(stale))
    sys.exit(1 if check and stale else 0)


def _next(names: tuple[str, ...], archive: Path | None, *, stale: bool) -> None:
    if stale:
        next_step("release", *names)
    elif archive:
        next_step("grade", *names, "PATH...", first="When it comes back")
    else:
        next_step("validate", *names)


def _tell(made: Release, name: str, archive: Path | None) -> None:
    """Print the files that were written, and name the one to hand out."""
    for path, data in made.files.items():
        click.echo(f"{path}  {len(data) / 1000:.1f} kB")
    if archive:
        try:
            write_atomically(archive, made.zipped(name))
        except OSError as error:
            raise UsageError(f"{archive}: {error.strerror}\n  Choose another place with --zip.") from None
        click.echo(f"{archive}  to hand out")
