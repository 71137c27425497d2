"""`grader comment`: one text for everyone who gave the same wrong answers."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.next_step import next_step
from grader.errors import UsageError
from grader.grading.answer_fingerprint import groups_of
from grader.results.comments import comment_on
from grader.results.database import read_record
from grader.results.marking import shown


@click.command(
    "comment",
    epilog="""\b
Examples:
  grader comment results linear_backward-af711b "Keep the axis: see slide 12."
  grader comment results linear_backward-af711b ""

The exit status is 0 when the pages were written; 2 when there is no such group or the folder is at
fault.""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("group")
@click.argument("text")
def command(folder: Path, group: str, text: str) -> None:
    """Say TEXT to everyone in a GROUP of `grader report DIR`.

    It stands on their pages of feedback, and on those of everyone who joins the group when submissions
    are graded into DIR again. An empty TEXT takes it back.
    """
    with read_record(folder) as record:
        members = [
            report for report in shown(record) if any(group in groups_of(score) for score in report.exercises)
        ]
        if not members:
            raise UsageError(
                f"{folder}: nobody is in a group {group}\n"
                f"  See the groups with `grader report {folder} --open`."
            )
        comment_on(folder, record.header, members, group, text)
    click.echo(f"{len(members)} in {group}")
    if text:
        next_step("comment", folder, group, "", first="To take it back")
    else:
        next_step("report", folder, "--open")
