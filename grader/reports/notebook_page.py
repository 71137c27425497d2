"""Write feedback/<id>.notebook.html, a student's notebook with remarks that no cell can imitate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from grader.models.budget import BUDGET
from grader.models.rendered_cell import ShownCell
from grader.models.report import Report
from grader.reports import wording
from grader.reports.jinja_env import template
from grader.reports.notebook_remarks import details
from grader.reports.sanitize import harmless

NARROW = 30
"""Signs of a formula that fit beside each other on a telephone."""

_TAG = re.compile("<[^<>]{0,200}>")


def write_notebook_page(
    report: Report, cells: Sequence[ShownCell], note: str = "", order: Sequence[str] = ()
) -> bytes:
    """Return the page of a notebook in one file, without scripts and external references.

    A lone surrogate, which UTF-8 cannot encode, is shown as a Python escape.

    Args:
        report: the submission that the remarks are on.
        cells: the cells of the notebook.
        note: a note on how these are shown; empty for none.
        order: the names of the exercises, helpers first.

    Returns:
        the page in UTF-8.
    """
    page = template("notebook.html").render(
        report=report,
        scores=report.exercises,
        mend=[*filter(wording.is_wrong, wording.helpers_first(report.exercises, order))],
        cells=cells,
        notes=[*report.notes, *filter(None, [note])],
        details=details,
        wide=_wide,
        long=_long,
    )
    return page.encode("utf-8", "backslashreplace")


def _wide(prose: str) -> bool:
    """Return whether a formula may be wider than a telephone, and so has to scroll: none has line breaks."""
    formulas = (f"<math{piece.partition('</math>')[0]}" for piece in prose.split("<math")[1:])
    return any(len(_TAG.sub("", formula)) > NARROW for formula in formulas)


def _long(text: str) -> Markup:
    """Return a text of many lines, escaped."""
    return escape(harmless(text, BUDGET.shown))
