"""Write Gradescope's results of one student's submission; the autograder runs this module.

python -m grader.export.autograder_run GRADED SUBMISSION RESULTS
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.errors import UsageError
from grader.export.gradescope import write_gradescope
from grader.export.json_text import as_json
from grader.files.atomic_files import write_atomically
from grader.models.report import Header, Report
from grader.reports.sanitize import one_line
from grader.results.database import read_record
from grader.submissions import find

_WANTED = "Hand in one notebook, an .ipynb file."
_MOST = 20


def written(graded: Path, submission: Path) -> tuple[bytes, bool]:
    """Return the results.json of a submission.

    Args:
        graded: the results folder of the submission; it may be missing.
        submission: the folder with the submitted files.

    Returns:
        the JSON, and whether it explains the result to the student: False after a fault of the grader.
    """
    try:
        with read_record(graded) as record:
            return _of_one(record.header, [*record.reports()]), True
    except UsageError:
        pass  # nothing was graded: find out whether anything was submitted
    try:
        find([submission])
    except UsageError:
        return _without_score([f"There is no notebook in {_named(submission)}. {_WANTED}"]), True
    return _without_score(["Nothing was graded, by no fault of yours. Tell your instructor."]), False


def _of_one(header: Header, reports: Sequence[Report]) -> bytes:
    """Return the results of the one graded notebook, with the reasons why other files were not graded."""
    graded = [report for report in reports if report.status == "graded"]
    reasons = [note for report in reports if report.status != "graded" for note in report.notes]
    if len(graded) == 1 or len(reports) == 1:
        (report,) = graded or reports
        beside = [f"Not graded: {reason}" for reason in reasons] if graded else []
        return write_gradescope(header, replace(report, notes=(*report.notes, *beside)))
    if graded:
        names = ", ".join(report.file for report in graded)
        reasons = [f"There are {len(graded)} notebooks, and nothing says which counts: {names}.", *reasons]
    return _without_score([*reasons, _WANTED])


def _without_score(lines: Sequence[str]) -> bytes:
    """Return a results.json without a score: nothing was graded, which is not a zero."""
    return as_json(
        {"output": "\n".join(map(one_line, lines)), "output_format": "text", "visibility": "visible"}
    )


def _named(folder: Path) -> str:
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return (
        f"what you handed in ({', '.join(names[:_MOST])}{more})"
        if names
        else "what you handed in, which is empty"
    )


def main(graded: str, submission: str, results: str) -> int:
    """Write the results file.

    Args:
        graded: the results folder.
        submission: the folder with the submitted files.
        results: the path of the file to write.

    Returns:
        the exit status.
    """
    content, is_answer = written(Path(graded), Path(submission))
    write_atomically(results, content)
    return 0 if is_answer else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
