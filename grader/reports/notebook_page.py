"""feedback/<id>.notebook.html: a student's notebook with remarks, which nothing in it can imitate."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from grader.models.budget import BUDGET
from grader.models.rendered_cell import ShownCell
from grader.models.report import Report
from grader.reports.jinja_env import template
from grader.reports.notebook_remarks import details
from grader.reports.sanitize import harmless


def write_notebook_page(report: Report, cells: Sequence[ShownCell], note: str = "") -> bytes:
    """Return the page of a notebook in one file, without scripts and references to anything outside it.

    A lone surrogate, which no encoding has, is shown as a Python escape.

    Args:
        report: what the remarks say.
        cells: what was handed in.
        note: what is to be said of how these are shown.
    """
    page = template("notebook.html").render(
        report=report,
        scores=report.exercises,
        cells=cells,
        notes=[*report.notes, *filter(None, [note])],
        details=details,
        long=_long,
    )
    return page.encode("utf-8", "backslashreplace")


def _long(text: str) -> Markup:
    """A text of many lines, escaped."""
    return escape(harmless(text, BUDGET.shown))
