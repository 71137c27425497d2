"""Print a table of texts: aligned at a terminal, tab-separated into a pipe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.reports.sanitize import one_line


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[int]) -> None:
    """Print a table.

    Args:
        headings: the first line.
        rows: the other lines.
        numbers: the columns that are aligned to the right, counted from 0.
    """
    console = Console()
    if not console.is_terminal:
        for row in (headings, *rows):
            click.echo("\t".join(map(one_line, row)))
        return
    shown = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for i, heading in enumerate(headings):
        shown.add_column(
            Text(one_line(heading)), justify="right" if i in numbers else "left", overflow="fold"
        )
    for row in rows:
        shown.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(shown)
