"""Write report.html, the page on a whole class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from grader.models.report import Header, Report
from grader.reports.class_report.answer_groups import groups, largest
from grader.reports.class_report.attention import concerns
from grader.reports.class_report.case_statistics import Cases, without_cases
from grader.reports.class_report.failure_propagation import causes
from grader.reports.class_report.item_analysis import analyse
from grader.reports.class_report.mark_distribution import distribution
from grader.reports.class_report.similarity import matches
from grader.reports.class_report.student_table import LEGEND, page_of, table, who
from grader.reports.jinja_env import template
from grader.reports.source_listing import marked_listing
from grader.reports.summary import standing
from grader.reports.wording import all_decisions

GROUPS = 60
"""The number of groups of the same wrong answers that are shown."""


def write_class_report(
    header: Header,
    reports: Iterable[Report],
    given: Mapping[str, str],
    *,
    folder: str = "DIR",
    base: str = "",
    page_of: Callable[[Report], str] = page_of,
) -> str:
    """Return the page: one HTML file without scripts, which loads nothing and links to pages of feedback.

    Args:
        header: the header of the results.
        reports: the class in order, iterated over once; only small parts of each are kept.
        given: sources that were handed out or belong to the solution, by function; shared code in them does
            not make submissions similar.
        folder: the results folder as commands name it.
        base: what leads from the page to the results folder, as the beginning of a link.
        page_of: returns what follows it in the link to a submission; by default its page in the folder.

    Returns:
        the page.
    """
    counted: dict[str, Cases] = {}
    small = list(without_cases(reports, counted))
    graded = [report for report in small if report.status == "graded"]
    analysis = analyse(graded)
    found = groups(graded)
    return template("class.html").render(
        header=header,
        standing=standing(small),
        concerns=concerns(small),
        table=table(small, page_of=page_of),
        decided=[report for report in small if all_decisions(report)],
        graded=graded,
        marks=distribution(graded),
        analysis=analysis,
        edges=causes(graded),
        groups=found[:GROUPS],
        largest=largest(found[:GROUPS]),
        more_groups=max(0, len(found) - GROUPS),
        cases=tuple(counted.values()),
        matches=matches(graded, given),
        marked_listing=marked_listing,
        who=who,
        page_of=page_of,
        folder=folder,
        base=base,
        legend=LEGEND,
    )
