"""Write Gradescope's results.json, which an autograder makes for one submission."""

from __future__ import annotations

from grader.comparison.verdict import Verdict
from grader.export.json_text import as_json
from grader.export.plain_text import outcome, overview, reason, scaled, seconds
from grader.models.report import Header, Report, Score
from grader.reports.wording import neat


def write_gradescope(header: Header, report: Report) -> bytes:
    """Return the file: one test for each function, all visible to the student.

    Without a mark it has neither a score nor tests, so Gradescope gives no points. The format is that of
    https://gradescope-autograders.readthedocs.io/en/latest/specs/.

    Args:
        header: the header of the results.
        report: the submission.

    Returns:
        the JSON.
    """
    points = scaled(report)
    result: dict[str, object] = {
        **({} if points is None else {"score": neat(points)}),
        "execution_time": round(seconds(report), 4),
        "output": overview(report),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "grader": header.grader,
            "assignment": header.assignment,
            "assignment_sha256": header.assignment_sha256,
            "submission_sha256": report.sha256,
        },
    }
    if points is not None:
        result["tests"] = [_test(number, score) for number, score in enumerate(report.exercises, 1)]
    return as_json(result)


def _test(number: int, score: Score) -> dict[str, object]:
    status = "passed" if score.verdict is Verdict.PASSED else "failed"
    return {
        "score": neat(score.points),
        "max_score": neat(score.max_points),
        **({} if score.verdict is Verdict.TO_BE_MARKED else {"status": status}),
        "name": score.name,
        "number": str(number),
        "output": f"{outcome(score)}\n{reason(score)}".rstrip(),
        "output_format": "text",
        "visibility": "visible",
    }
