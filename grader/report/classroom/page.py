"""report.html: what an instructor reads of a whole class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.model import Report
from grader.report import words
from grader.report.classroom import plots
from grader.report.classroom.cases import Cases, without_cases
from grader.report.classroom.causes import causes
from grader.report.classroom.groups import groups
from grader.report.classroom.items import analyse
from grader.report.classroom.marks import distribution
from grader.report.classroom.similarity import matches
from grader.report.listing import listing, marked_listing
from grader.report.results import Header
from grader.report.text import harmless

GROUPS = 60
"""Groups of the same wrong answers that are shown."""

ABSENT = {
    "unreadable": "could not be read",
    "failed": "not graded, by no fault of their authors",
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
    return _TEMPLATE.render(
        header=header,
        reports=small,
        graded=graded,
        marks=distribution(graded),
        analysis=analyse(graded),
        edges=causes(graded),
        groups=found[:GROUPS],
        more_groups=max(0, len(found) - GROUPS),
        cases=tuple(counted.values()),
        matches=matches(graded, given),
    )


def _who(report: Report) -> str:
    """What an instructor calls the author of a submission."""
    student = report.student
    return f"{student.name} ({report.id})" if student and student.name else report.id


def _printed(value: object) -> object:
    """What the template prints for `value`; every text passes here, whoever wrote it."""
    return harmless(value) if type(value) is str else value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        auto_reload=False,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(
        ABSENT=ABSENT,
        listing=listing,
        marked_listing=marked_listing,
        plots=plots,
        who=_who,
        words=words,
    )
    return environment


_TEMPLATE = _environment().get_template("class.html")
