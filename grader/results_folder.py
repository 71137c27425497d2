"""The folder that a grading leaves: results.json, grades.csv, and one page of feedback a student."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.batch import Graded
from grader.errors import UsageError
from grader.model import Report
from grader.report.gradebook import write_gradebook
from grader.report.results import Header, write_results
from grader.store import write_atomically


def write_folder(folder: Path, header: Header, graded: Iterable[Graded]) -> list[Report]:
    """Write each page as it comes, then the rest; return the reports. Each file is written atomically.

    The folder is made before the first submission is graded, so that a wrong --out costs no time.

    Raises:
        UsageError: the folder cannot be written to.
    """
    try:
        feedback = folder / "feedback"
        feedback.mkdir(parents=True, exist_ok=True)
        reports = []
        for report, page in graded:
            write_atomically(feedback / f"{report.id}.html", page.encode())
            reports.append(report)
        write_atomically(folder / "grades.csv", write_gradebook(reports).encode())
        write_atomically(folder / "results.json", write_results(header, reports))
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: {error.strerror}\n  Make room, or choose another folder with --out."
        ) from None
    return reports
