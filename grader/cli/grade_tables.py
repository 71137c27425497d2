"""What `grader grade` prints of its results: of one assignment, or of all assignments of a course."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from grader.api import Results
from grader.assignments.sorting import Sorted
from grader.cli.grade_messages import grown
from grader.cli.plain_table import print_table
from grader.reports.sanitize import one_line
from grader.reports.terminal import class_table, tally_table
from grader.reports.wording import STATUSES, marks
from grader.sandbox.layers.levels import summary

SMALL = 60
"""Submissions of a class that is shown one by one."""

REPLACED = 20
"""Submissions that came from another file than before and are named."""

HEADINGS = ("submission", "file", "assignment", "points", "status")


@dataclass(frozen=True, slots=True)
class OneAssignment:
    """The results of one assignment."""

    out: Path
    results: Results

    @property
    def folders(self) -> Mapping[Path, Results]:
        """Return the results by their folder."""
        return {self.out: self.results}

    @property
    def reasons(self) -> list[str]:
        """Return why some of what was named has no mark."""
        return self.results.filed.reasons

    def show(self) -> None:
        """Print a table of the class, the isolation, and what came from another file than before."""
        filed = self.results.filed
        small = filed.tally.statuses.total() <= SMALL
        Console().print(class_table([*self.results]) if small else tally_table(filed.tally))
        show_isolation(self.results)
        show_moved(self.results)

    def advice(self) -> Iterator[str]:
        """Yield what this machine lacks for some notebooks."""
        yield from self.results.filed.tally.advice()

    def counts(self) -> str:
        """Return how the folder changed, and the counts by status."""
        return f"{grown(self.out, self.results.filed)}{self.results.filed.tally}"

    def next_words(self) -> tuple[str | Path, ...]:
        """Return the command that shows the class."""
        return "report", self.out, "--open"

    def as_json(self) -> str:
        """Return results.json."""
        return (self.out / "results.json").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SeveralAssignments:
    """The results of each assignment of which there was something, by its name, and how that was sorted."""

    out: Path
    results: Mapping[str, Results]
    sorted: Sorted

    @property
    def folders(self) -> Mapping[Path, Results]:
        """Return the results by their folders."""
        return {self.out / name: results for name, results in self.results.items()}

    @property
    def reasons(self) -> list[str]:
        """Return why some of what was named has no mark."""
        unmarked = [reason for results in self.results.values() for reason in results.filed.reasons]
        return [*unmarked, *(f"{one.file}: {reason}" for one, reason in self.sorted.left)]

    def show(self) -> None:
        """Print a table of all submissions, and below it why some have no mark or several."""
        print_table(HEADINGS, self._rows(), {3})
        click.echo()
        for line in (*self.reasons, *self.sorted.remarks):
            click.echo(one_line(line))
        for results in self.results.values():
            show_moved(results)
        for results in [*self.results.values()][:1]:
            show_isolation(results)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for name, results in self.results.items():
            for report in results:
                status = ", ".join([STATUSES[report.status], *["late"] * report.late])
                yield report.id, report.file, name, marks(report.points, report.max_points), status
        for one, _ in self.sorted.left:
            yield one.id, one.file, "", marks(None, 0), "not graded"

    def advice(self) -> Iterator[str]:
        """Yield what this machine lacks for some notebooks."""
        for name, results in self.results.items():
            yield from (f"{name}: {line}" for line in results.filed.tally.advice())

    def counts(self) -> str:
        """Return how each folder changed, and its counts by status."""
        lines = [
            f"{grown(folder, results.filed)}{folder}/: {results.filed.tally}"
            for folder, results in self.folders.items()
        ]
        left = [f"{len(self.sorted.left):,} not graded"] if self.sorted.left else []
        return "\n".join((*lines, *left))

    def next_words(self) -> tuple[str | Path, ...]:
        """Return the command that shows all assignments in one table."""
        return "gradebook", *self.folders

    def as_json(self) -> str:
        """Return one object: the results.json of each assignment, and what was left."""
        written = {name: json.loads((self.out / name / "results.json").read_bytes()) for name in self.results}
        left = [{"file": one.file, "reason": reason} for one, reason in self.sorted.left]
        return json.dumps({"assignments": written, "left": left}, indent=1, ensure_ascii=False) + "\n"


Graded = OneAssignment | SeveralAssignments


def show_isolation(results: Results) -> None:
    """Print how student code was isolated."""
    isolation = results.header.isolation
    Console().print(f"{summary(frozenset(isolation.tested), isolation.missing)}.", highlight=False)


def show_moved(results: Results) -> None:
    """Print which submissions came from another file than before."""
    for line in results.filed.moved[:REPLACED]:
        click.echo(one_line(line))
