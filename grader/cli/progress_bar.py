"""A bar that says how far work has come, for `progress`, which shows it on terminals alone."""

from __future__ import annotations

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


class _Rate(ProgressColumn):
    """How many are done in a second, of late."""

    def render(self, task: Task) -> Text:
        """Return `12.3/s`, or nothing before that is known."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def progress_bar(console: Console) -> Progress:
    """A bar that says how fast things come, how long it will take still, and how many have no mark."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    unmarked = TextColumn("{task.fields[unmarked]}", style="red")
    return Progress(*columns, unmarked, console=console, transient=True)
