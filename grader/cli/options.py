"""Options that several commands share."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import click

from grader.assignments.course import find_course
from grader.errors import UsageError
from grader.execution.cores import usable

MOST_JOBS = 256


class Seconds(click.FloatRange):
    """A number of seconds within bounds; bounds alone would accept `nan`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse the text of an option."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number


class Points(click.ParamType[float]):
    """A number of points, with a decimal point or comma."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse the text of an option."""
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


class OrdinaryFile(click.Path):
    """The path of an ordinary file; a pipe or a device may never end."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Parse the text of an option."""
        path = super().convert(value, param, ctx)
        if not Path(os.fsdecode(path)).is_file():
            self.fail(f"File {str(value)!r} is not an ordinary file: save it as one.", param, ctx)
        return path


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


def not_blank(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return a seed as it was typed.

    Raises:
        UsageError: it is blank.
    """
    if value is not None and not value.strip():
        raise UsageError("--seed is blank, which everybody may know\n  Name one, or leave it out.")
    return value


seed = click.option(
    "--seed",
    callback=not_blank,
    show_default="from the course's secret; grader where there is none",
    help="What the hidden test cases are drawn from; keep yours secret.",
)
timeout = click.option(
    "--timeout",
    type=Seconds(0.01, 3600),
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
