"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from grader.assignment import find_course
from grader.cores import usable
from grader.errors import UsageError

MOST_JOBS = 256

course = click.option(
    "--course",
    "course",
    type=click.Path(path_type=Path, file_okay=False),
    callback=lambda _ctx, _param, value: find_course(Path.cwd(), value),
    help="Folder with solutions/ and testcases/.  [default: the nearest one, else what comes with grader]",
)
isolation = click.option(
    "--isolation",
    type=click.Choice(["full", "strong", "weak"]),
    default="strong",
    show_default=True,
    help="The least that student code is isolated by.",
)


def _seed(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise UsageError("--seed is blank, which everybody may know\n  Name one, or leave it out.")
    return value


seed = click.option(
    "--seed",
    callback=_seed,
    show_default="from the course's secret; grader where there is none",
    help="What the hidden test cases are drawn from; keep yours secret.",
)
timeout = click.option(
    "--timeout",
    type=click.FloatRange(0.01, 3600),
    default=2.0,
    show_default=True,
    help="Seconds for each call.",
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(1, MOST_JOBS),
    default=lambda: min(usable(), MOST_JOBS),
    show_default="the cores that it may use",
    help="Processes to use.",
)
