"""PrairieLearn's results.json: what an external grader says of one submission."""

from __future__ import annotations

from grader.export.json_text import as_json
from grader.export.plain_text import overview, reason, share
from grader.models.report import Header, Report
from grader.reports.sanitize import LIMIT
from grader.reports.wording import WORDINGS, neat

MOST = 1_000_000
"""The bytes that PrairieLearn reads; a result has fewer."""


def write_prairielearn(header: Header, report: Report) -> bytes:  # noqa: ARG001  # as every format
    """Return the file: one test a function. Texts are cut until it is smaller than 1 MB.

    What has no mark is not gradable: it costs its student neither points nor an attempt. The format is
    that of https://docs.prairielearn.com/externalGrading/.
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
                "description": WORDINGS[one.verdict].words,
                "points": neat(one.points),
                "max_points": neat(one.max_points),
                "message": reason(one, limit),
                "output": "",
            }
            for one in report.exercises
        ],
    }
    return as_json(result)
