"""The progress bar that `progress` shows on terminals."""

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
    """A column with the recent rate."""

    def render(self, task: Task) -> Text:
        """Return `12.3/s`, or nothing before that is known."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def progress_bar(console: Console) -> Progress:
    """Return a bar with the rate, the remaining time, and the number of submissions without a mark."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    unmarked = TextColumn("{task.fields[unmarked]}", style="red")
    return Progress(*columns, unmarked, console=console, transient=True)
