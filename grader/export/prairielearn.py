"""Write PrairieLearn's results.json, which an external grader makes for one submission."""

from __future__ import annotations

from grader.export.json_text import as_json
from grader.export.plain_text import overview, reason, share
from grader.models.report import Header, Report
from grader.reports.sanitize import LIMIT
from grader.reports.wording import neat, worded

MOST = 1_000_000
"""The size limit of PrairieLearn in bytes; a result is smaller."""


def write_prairielearn(header: Header, report: Report) -> bytes:  # noqa: ARG001  # as every format
    """Return the file: one test for each function. Texts are cut until it is smaller than 1 MB.

    A submission without a mark is not gradable, which costs neither points nor an attempt. The format is that
    of https://docs.prairielearn.com/externalGrading/.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        report: the submission.

    Returns:
        the JSON.
    """
    limit = LIMIT
    while len(content := _content(report, limit)) >= MOST and limit > 1:
        limit //= 2
    return content


def _content(report: Report, limit: int) -> bytes:
    score = share(report)
    message = overview(report, limit)
    result: dict[str, object] = {
        "gradable": score is not None,
        **({"format_errors": [message]} if score is None else {"score": score}),
        "message": message,
        "output": "",
        "images": [],
        "tests": [
            {
                "name": one.name,
                "description": worded(one.verdict, one.message).words,
                "points": neat(one.points),
                "max_points": neat(one.max_points),
                "message": reason(one, limit),
                "output": "",
            }
            for one in report.exercises
        ],
    }
    return as_json(result)
