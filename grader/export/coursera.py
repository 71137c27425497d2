"""Write Coursera's feedback.json, which a custom grader makes for one submission."""

from __future__ import annotations

from grader.export.json_text import as_json
from grader.export.plain_text import feedback, share
from grader.models.report import Header, Report


def write_coursera(header: Header, report: Report) -> bytes | None:  # noqa: ARG001  # as every format
    """Return the file: the share of the points from 0 to 1, and the feedback.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        report: the submission.

    Returns:
        the JSON; None if there is no mark, which the format cannot express.
    """
    score = share(report)
    if score is None:
        return None
    result = {"fractionalScore": score, "feedback": feedback(report)}
    return as_json(result)
