"""`grader serve`: students submit on a page, and see their feedback."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.assignments.course import Course
from grader.cli import options
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.server.services import Services

MISSING = "grader serve needs {}\n  Install it with: pip install 'numpy-grader[server]'"


@click.command(
    "serve",
    epilog="""\b
Examples:
  grader serve --demo
  grader serve --course . --roster roster.csv --listen 0.0.0.0:8000 --base-url https://marks.example.org

The exit status is 0 when a signal ended it; 2 when the course, an option or this machine is at fault.""",
)
@click.option("--demo", is_flag=True, help="Show it with a sample class, in a folder that is removed after.")
@click.option("--listen", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where.")
@click.option(
    "--base-url",
    metavar="URL",
    help="What people type to reach it.  [default: that of course.toml, else of --listen]",
)
@click.option(
    "--database",
    metavar="URL",
    default="",
    help="postgresql://USER@HOST/NAME, or an SQLite file as sqlite:///FILE.  [default: one in --data]",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder with all that it keeps.  [default: service/ in the course]",
)
@click.option("--roster", type=options.OrdinaryFile(), help="A CSV of the class, as for `grader grade`.")
@click.option("--cluster", metavar="ADDRESS", default="", help="Grade on the workers of this Dask scheduler.")
@click.option(
    "--backup",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all that the service keeps into one file, and end. It may be running.",
)
@click.option(
    "--restore",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Fill a new service from a backup, and end.",
)
@options.jobs
@options.timeout
@options.isolation
@options.course
def command(
    demo: bool, listen: str, base_url: str | None, database: str, data: Path | None, roster: Path | None,
    cluster: str, backup: Path | None, restore: Path | None, jobs: int, timeout: float, isolation: str,
    course: Course,
) -> None:  # fmt: skip
    """Serve the assignments of a course: students submit, see their feedback, and try again.

    Prints the address with which the instructor enters, and writes links.csv, by which the others do, into
    the folder of the service. Whatever is killed while it runs, and whenever,
    nothing that was acknowledged is lost: it goes on by itself, or when the same command is typed again.
    """
    flags = {
        "listen": listen, "base_url": base_url, "roster": roster, "cluster": cluster,
        "workers": jobs, "timeout": timeout, "isolation": isolation,
    }  # fmt: skip
    try:
        from grader.server import backup as backups
        from grader.server.run import check_it_can_grade, prepare, serve
        from grader.server.sample import sample_service
        from grader.server.settings import settings_of
    except ModuleNotFoundError as error:
        raise UsageError(MISSING.format(error.name)) from None
    flags = {key: value for key, value in flags.items() if value is not None}
    if backup:
        _tell(backups.back_up(settings_of(course, data, database), backup))
        return
    if restore:
        _tell(backups.restore(settings_of(course, data, database), restore))
        return
    if not cluster:
        check_it_can_grade(timeout, isolation)
    if demo:
        with sample_service(course, flags) as services:
            serve(services, lambda: _say(services, "fatima"))
    else:
        services = prepare(settings_of(course, data, database, **flags))

        def begun() -> None:
            _say(services)
            _say_where_links_are(services)

        serve(services, begun)


def _tell(copied: Mapping[str, int]) -> None:
    """Print how much is in a backup."""
    click.echo(f"{copied['submissions']:,} submissions of {copied['people']:,} people")


def _say(services: Services, student: str = "") -> None:
    """Print the addresses with which the first instructor enters, and a student of a sample class."""
    from grader.server.run import links_of

    click.echo(f"Serving {services.settings.course.root} at {services.settings.base_url}  (Ctrl-C ends it)")
    for name, link in links_of(services, student):
        click.echo(f"{name} enters with  {link}")


def _say_where_links_are(services: Services) -> None:
    """Print where the link of each student is, and what to do with it."""
    from grader.server.identity.links import keep_links

    file = keep_links(services)
    if file is None:
        return
    if file.is_new:
        click.echo(
            f"Wrote {file.path}: the personal link of each of {file.people} people; only you can read it"
        )
        click.echo("  Next: send each their own by a mail merge. Whoever has a link may be its person.")
    elif file.without:
        click.echo(
            f"{file.path} is left as it was; {file.without} of {file.people} people have no link in it"
        )
        click.echo(f"  Next: mv {shlex.quote(str(file.path))} old-links.csv, and type this command again.")
    else:
        click.echo(f"Their links are in {file.path}, as before")
    if services.settings.is_local:
        click.echo(
            "  They work on this machine alone: name the address that others type, with --base-url URL."
        )
