"""Shows progress of long work, on a terminal's standard error only."""

from __future__ import annotations

from collections.abc import Iterable

from grader.execution.jobs import Graded, GradedStream
from grader.reports.summary import UNMARKED

GRADING = "grading"
SEARCHING = "all marks are known; looking where the mistakes are"


def watched(work: Iterable[Graded | None], total: int) -> GradedStream:
    """Pass results on, with a progress bar while they come."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from work
        return
    from grader.cli.progress_bar import progress_bar

    with progress_bar(console) as progress:
        task = progress.add_task(GRADING, total=total, unmarked="")
        unmarked = 0
        for graded in work:
            yield graded
            unmarked += graded is not None and graded.standing in UNMARKED
            if graded is not None and graded.repairs:
                progress.update(task, description=SEARCHING)
            progress.update(task, advance=1, unmarked=f"{unmarked:,} without a mark" if unmarked else "")
