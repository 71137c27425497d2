"""report.html: what an instructor reads of a whole class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from grader.models.report import Header, Report, Standing
from grader.reports.class_report import plots
from grader.reports.class_report.answer_groups import groups
from grader.reports.class_report.case_statistics import Cases, without_cases
from grader.reports.class_report.failure_propagation import causes
from grader.reports.class_report.item_analysis import analyse
from grader.reports.class_report.mark_distribution import distribution
from grader.reports.class_report.similarity import matches
from grader.reports.jinja_env import template
from grader.reports.source_listing import marked_listing
from grader.reports.wording import stranger

GROUPS = 60
"""Groups of the same wrong answers that are shown."""

ABSENT: dict[Standing, str] = {
    "unreadable": "could not be read",
    "failed": "not graded by a fault of the grader",
    "not_submitted": "not handed in",
}
"""What is said of submissions without a mark, by their status."""


def write_class_report(header: Header, reports: Iterable[Report], given: Mapping[str, str]) -> str:
    """Return the page: one HTML file without scripts and without references to anything outside it.

    Args:
        header: what the reports share.
        reports: the class in its order, gone through once; of each only small things are kept.
        given: sources of the functions that everybody was given or ought to write, by name; what is in
            them makes no submissions similar.
    """
    counted: dict[str, Cases] = {}
    small = list(without_cases(reports, counted))
    graded = [report for report in small if report.status == "graded"]
    found = groups(graded)
    return template("class.html").render(
        header=header,
        standing=_standing(small),
        reports=small,
        strangers=[report for report in small if stranger(report)],
        graded=graded,
        marks=distribution(graded),
        analysis=analyse(graded),
        edges=causes(graded),
        groups=found[:GROUPS],
        more_groups=max(0, len(found) - GROUPS),
        cases=tuple(counted.values()),
        matches=matches(graded, given),
        absent=ABSENT,
        marked_listing=marked_listing,
        plots=plots,
        who=_who,
    )


def _standing(reports: Sequence[Report]) -> str:
    """How many are graded, late, or without a mark."""
    counts = Counter(report.status for report in reports)
    late = sum(report.late for report in reports)
    absent = [f"{counts[status]} {what}" for status, what in ABSENT.items() if counts[status]]
    return ", ".join([f"{counts['graded']} graded", *([f"{late} late"] if late else []), *absent]) + "."


def _who(report: Report) -> str:
    """What an instructor calls the author of a submission."""
    student = report.student
    return f"{student.name} ({report.id})" if student and student.name else report.id
