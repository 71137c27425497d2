"""Progress of long work, on a terminal's standard error only."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from grader.execution.batch import Graded, GradedStream
from grader.reports.summary import UNMARKED


class _Rate(ProgressColumn):
    """How many are done in a second, of late."""

    def render(self, task: Task) -> Text:
        """Return `12.3/s`, or nothing before that is known."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def watched(work: Iterable[Graded | None], total: int) -> GradedStream:
    """The same submissions, with a progress bar while they come.

    It says how fast they come, how long it will take still, and how many have no mark.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from work
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(
        *columns, TextColumn("{task.fields[unmarked]}", style="red"), console=console, transient=True
    ) as progress:
        task = progress.add_task("", total=total, unmarked="")
        unmarked = 0
        for graded in work:
            yield graded
            unmarked += graded is not None and graded.standing in UNMARKED
            progress.update(task, advance=1, unmarked=f"{unmarked:,} without a mark" if unmarked else "")
