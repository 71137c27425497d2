"""Register every export format by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from grader.export.autolab import write_autolab
from grader.export.canvas import write_canvas
from grader.export.coursera import write_coursera
from grader.export.feedback_zip import NAMES as FEEDBACK
from grader.export.gradescope import write_gradescope
from grader.export.junit import write_junit
from grader.export.lms_sheet import Filled, Sheet
from grader.export.lti import write_lti
from grader.export.moodle import write_moodle
from grader.export.nbgrader import write_nbgrader
from grader.export.prairielearn import write_prairielearn
from grader.models.report import Header, Report
from grader.results.gradebook import write_gradebook


class Each(NamedTuple):
    """A format with one file for each submission; `write` returns None for what it cannot express."""

    write: Callable[[Header, Report], bytes | None]
    suffix: str


SHEETS: Mapping[str, Callable[[Header, Iterable[Report], Sheet | None], Filled]] = {
    "canvas": write_canvas,
    "moodle": write_moodle,
}
"""Formats with one table for the class, which can be filled into a learning system's own."""

TABLES: Mapping[str, Callable[[Header, Iterable[Report]], Iterable[bytes]]] = {
    "nbgrader": lambda header, reports: [write_nbgrader(header, reports).encode()],
    "csv": lambda _, reports: write_gradebook(reports),
    "junit": write_junit,
}
"""Formats with one file for the class, in pieces."""

EACH: Mapping[str, Each] = {
    "gradescope": Each(write_gradescope, ".json"),
    "prairielearn": Each(write_prairielearn, ".json"),
    "autolab": Each(write_autolab, ".txt"),
    "coursera": Each(write_coursera, ".json"),
    "lti": Each(lambda header, report: write_lti(header, report, datetime.now(UTC)), ".json"),
}

AUTOGRADER = "gradescope-autograder"

OF_SUBMISSIONS = frozenset({"csv", "junit", AUTOGRADER})
"""Formats of submissions, without persons."""

NAMES = (*SHEETS, *TABLES, *EACH, *FEEDBACK, AUTOGRADER)


def files_of(
    each: Each, header: Header, reports: Iterable[Report], missing: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a format that has one for each submission, by their names.

    Args:
        each: the format.
        header: what all reports share.
        reports: the class.
        missing: receives the ids of submissions that the format cannot express.

    Returns:
        an iterator of names and contents.
    """
    for report in reports:
        if report.status == "not_submitted":
            continue
        data = each.write(header, report)
        if data is None:
            missing.append(report.id)
        else:
            yield f"{report.id}{each.suffix}", data
