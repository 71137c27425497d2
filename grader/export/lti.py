"""LTI scores: what a tool posts to `{lineitem}/scores` of a learning system."""

from __future__ import annotations

import json
from datetime import datetime

from grader.export.told import feedback
from grader.model import Report
from grader.report.results import Header
from grader.report.words import neat


def write_lti(header: Header, report: Report, at: datetime) -> bytes:  # noqa: ARG001  # as every format
    """Return one score, as `application/vnd.ims.lis.v1.score+json`.

    Without a mark `scoreGiven` is left out, and the learning system shows none. `userId` is the number
    that Canvas has for the student, else the id. `at`, in UTC, has to be later than in what was posted
    before. The format is that of https://www.imsglobal.org/spec/lti-ags/v2p0/#score-publish-service.
    """
    student = report.student
    user = student.keys.get("canvas", student.id) if student else report.id
    marked = report.points is not None
    given = {"scoreGiven": neat(report.points), "scoreMaximum": neat(report.max_points)} if marked else {}
    result = {
        "userId": user,
        **given,
        "activityProgress": "Completed" if marked else "Submitted",
        "gradingProgress": "FullyGraded" if marked else "Failed",
        "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        "comment": feedback(report),
    }
    return json.dumps(result, ensure_ascii=False, indent=1).encode() + b"\n"
