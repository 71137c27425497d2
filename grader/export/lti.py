"""Write LTI scores, which a tool posts to `{lineitem}/scores` of a learning system."""

from __future__ import annotations

from datetime import datetime

from grader.export.json_text import as_json
from grader.export.plain_text import feedback, full_points, scaled
from grader.models.report import Header, Report, pending
from grader.models.submission import Student
from grader.reports.sanitize import harmless
from grader.reports.wording import neat


def write_lti(header: Header, report: Report, at: datetime) -> bytes:  # noqa: ARG001  # as every format
    """Return one score, as `application/vnd.ims.lis.v1.score+json`.

    Where a person has to mark something yet, the score is pending.
    Without a mark there is no `scoreGiven`, and the learning system shows none. `userId` is the student's
    number in Canvas, else the id. The format is that of
    https://www.imsglobal.org/spec/lti-ags/v2p0/#score-publish-service.

    Args:
        header: the header of the results; not used, as each format has the same arguments.
        report: the submission.
        at: the time of the score in UTC, later than that of any score posted before.

    Returns:
        the JSON.
    """
    student = report.student or Student(report.id)
    score: dict[str, object] = {}
    points = scaled(report)
    if points is not None:
        score = {"scoreGiven": neat(points), "scoreMaximum": neat(full_points(report))}
    result = {
        "userId": harmless(student.keys.get("canvas", student.id)),
        **score,
        "activityProgress": "Completed" if score else "Submitted",
        "gradingProgress": _progress(report) if score else "Failed",
        "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        "comment": feedback(report),
    }
    return as_json(result)


def _progress(report: Report) -> str:
    """Return `PendingManual` while an answer waits for a person."""
    return "PendingManual" if pending(report) else "FullyGraded"
