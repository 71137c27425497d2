"""Write the first page of a results folder: what needs a person, and the table of students in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.reports.class_report.attention import concerns
from grader.reports.class_report.student_table import LEGEND, page_of, table, who
from grader.reports.jinja_env import template
from grader.reports.summary import standing

if TYPE_CHECKING:
    from grader.models.report import Header, Report, StoredReport


def write_index(
    header: Header, reports: Sequence[Report | StoredReport], *, with_report: bool
) -> dict[str, bytes]:
    """Return the pages by file name: index.html first, then one for each further page of the table.

    Args:
        header: the header of the results.
        reports: the class in order.
        with_report: whether report.html is there to link to.

    Returns:
        HTML files without scripts, which link to each other and to the pages of feedback.
    """
    first = table(reports)
    found = concerns(reports)
    return {
        name: template("students.html")
        .render(
            header=header,
            standing=standing(reports),
            concerns=found if number == 1 else (),
            table=first if number == 1 else table(reports, number),
            with_report=with_report,
            base="",
            legend=LEGEND,
            who=who,
            page_of=page_of,
        )
        .encode()
        for number, name in enumerate(first.pages, 1)
    }
