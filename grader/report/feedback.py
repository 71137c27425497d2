"""feedback/<id>.html: the page that one student reads."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.model import CaseResult, Report
from grader.report import words
from grader.report.listing import listing
from grader.report.matrices import Matrix, side_by_side
from grader.report.results import Header
from grader.report.text import harmless
from grader.verdict import Verdict


def write_feedback(header: Header, report: Report) -> str:
    """Return the page: one HTML file without scripts and without references to anything outside it.

    Of hidden cases it tells how many passed and nothing else.
    """
    return _TEMPLATE.render(header=header, report=report)


def _compared(case: CaseResult) -> tuple[Matrix, Matrix] | None:
    """The answer to a public case and the expected one, if they were compared."""
    return None if case.expected is None else side_by_side(case.actual, case.expected)


def _printed(value: object) -> object:
    """What the template prints for `value`; every text passes here, whoever wrote it."""
    return harmless(value) if type(value) is str else value


def _template() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        auto_reload=False,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(
        PASSED=Verdict.PASSED,
        compared=_compared,
        listing=listing,
        words=words,
    )
    return environment


_TEMPLATE = _template().get_template("feedback.html")
