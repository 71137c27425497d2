"""Write Autolab's autoresult: an autograder's output, whose last line has the scores."""

from __future__ import annotations

import json

from grader.export.plain_text import feedback
from grader.models.report import Header, Report, Score, is_pending
from grader.reports.wording import neat

REST = "adjustment"
"""The problem that has what the late policy, or an adjustment of the whole submission, changes."""


def _rest(report: Report) -> int | float:
    return (
        neat((report.points or 0.0) - sum(score.points for score in report.exercises)) if report.ruling else 0
    )


def _is_excused(score: Score) -> bool:
    return score.ruling is not None and score.ruling.excused


def write_autolab(header: Header, report: Report) -> bytes | None:  # noqa: ARG001  # as every format
    """Return the feedback and, as the last line, the points of each function as a problem of its name.

    What is excused or waits for a person's mark is left out, as Autolab has no other word for it.
    The format is that of https://docs.autolabproject.com/lab/.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        report: the submission.

    Returns:
        the output; None if there is no mark, as Autolab takes an output without scores for zeros.
    """
    if report.points is None:
        return None
    left_out = {score.name for score in report.exercises if is_pending(score) or _is_excused(score)}
    scores = {one.name: neat(one.points) for one in report.exercises if one.name not in left_out}
    if change := _rest(report):
        scores[REST] = change
    return f"{feedback(report)}\n\n{json.dumps({'scores': scores}, ensure_ascii=False)}\n".encode()
