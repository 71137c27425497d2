"""Write Autolab's autoresult: an autograder's output, whose last line has the scores."""

from __future__ import annotations

import json

from grader.export.plain_text import feedback
from grader.models.report import Header, Report
from grader.reports.wording import neat

REST = "adjustment"
"""The problem that has what the late policy, or an adjustment of the whole submission, changes."""


def _rest(report: Report) -> int | float:
    return (
        neat((report.points or 0.0) - sum(score.points for score in report.exercises)) if report.ruling else 0
    )


def write_autolab(header: Header, report: Report) -> bytes | None:  # noqa: ARG001  # as every format
    """Return the feedback and, as the last line, the points of each function as a problem of its name.

    The format is that of https://docs.autolabproject.com/lab/.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        report: the submission.

    Returns:
        the output; None if there is no mark, as Autolab takes an output without scores for zeros.
    """
    if report.points is None:
        return None
    counted = (score for score in report.exercises if not (score.ruling and score.ruling.excused))
    scores = {score.name: neat(score.points) for score in counted}
    if change := _rest(report):
        scores[REST] = change
    return f"{feedback(report)}\n\n{json.dumps({'scores': scores}, ensure_ascii=False)}\n".encode()
