"""Write Autolab's autoresult: an autograder's output, whose last line has the scores."""

from __future__ import annotations

import json

from grader.export.plain_text import feedback
from grader.models.report import Header, Report
from grader.reports.wording import neat


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
    scores = {score.name: neat(score.points) for score in report.exercises}
    return f"{feedback(report)}\n\n{json.dumps({'scores': scores}, ensure_ascii=False)}\n".encode()
