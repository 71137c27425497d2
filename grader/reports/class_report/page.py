"""Write report.html, the page on a whole class."""

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
from grader.reports.wording import all_decisions, stranger

GROUPS = 60
"""The number of groups of the same wrong answers that are shown."""

ABSENT: dict[Standing, str] = {
    "unreadable": "could not be read",
    "failed": "not graded by a fault of the grader",
    "not_submitted": "not handed in",
}
"""Descriptions of submissions without a mark, by status."""


def write_class_report(header: Header, reports: Iterable[Report], given: Mapping[str, str]) -> str:
    """Return the page: one HTML file without scripts and without external references.

    Args:
        header: the header of the results.
        reports: the class in order, iterated over once; only small parts of each are kept.
        given: sources that were handed out or belong to the solution, by function; shared code in them does
            not make submissions similar.

    Returns:
        the page.
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
        decided=[report for report in small if all_decisions(report)],
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
    """Return how many submissions are graded, late, or without a mark."""
    counts = Counter(report.status for report in reports)
    late = sum(report.late for report in reports)
    absent = [f"{counts[status]} {what}" for status, what in ABSENT.items() if counts[status]]
    return ", ".join([f"{counts['graded']} graded", *([f"{late} late"] if late else []), *absent]) + "."


def _who(report: Report) -> str:
    """Return the name of a submission's author for the instructor."""
    student = report.student
    return f"{student.name} ({report.id})" if student and student.name else report.id
