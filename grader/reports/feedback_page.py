"""Write feedback/<id>.html, the page of one student."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from grader.comparison.verdict import Verdict
from grader.models.report import CaseResult, Header, Report, Score
from grader.notebooks.answers import LONGEST
from grader.reports import wording
from grader.reports.array_tables import Matrix, side_by_side
from grader.reports.jinja_env import template
from grader.reports.sanitize import harmless

PAGE, OVERVIEW, HEADING, FUNCTION = (
    f"{name}.html" for name in ("feedback", "overview", "heading", "function")
)


def compile_templates() -> None:
    """Compile the templates, so that processes forked later need not."""
    for name in (PAGE, OVERVIEW, HEADING, FUNCTION):
        template(name)


def write_feedback(header: Header, report: Report) -> bytes:
    """Return the page: one HTML file without scripts and without external references.

    Of hidden cases it only shows how many passed.

    Args:
        header: the header of the results.
        report: the submission.

    Returns:
        the page in UTF-8.
    """
    spared = wording.spared(report)
    articles = [_article_of(score, spared.get(score.name, ())) for score in report.exercises]
    page = template(PAGE)
    context = page.new_context(
        {
            "header": header,
            "report": report,
            "student": report.student.name if report.student and report.student.name else report.id,
            "overview": _overview(tuple([article.row for article in articles])),
            "provenance": Markup("".join([article.provenance for article in articles])),  # noqa: S704  # escaped
        }
    )
    opening, closing = ("".join(page.blocks[name](context)).encode() for name in ("opening", "closing"))
    parts = [_head(), opening]
    for score, article in zip(report.exercises, articles, strict=True):
        parts += _heading(article.row, wording.place(score)), article.body, _END
    return b"".join([*parts, closing])


@functools.cache
def _head() -> bytes:
    """Return the beginning that all pages share."""
    page = template(PAGE)
    return "".join(page.blocks["head"](page.new_context())).encode()


class _Row(NamedTuple):
    """The summary of one function."""

    name: str
    verdict: Verdict
    shown: wording.Wording
    marks: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Case:
    """A public case that failed: both answers as tables, if they were compared."""

    id: str
    shown: wording.Wording
    message: str
    path: str
    pair: tuple[Matrix, Matrix] | None


class _Article(NamedTuple):
    """The section of one function: its summary, its HTML, and the line on its provenance."""

    row: _Row
    body: bytes
    provenance: Markup


@dataclass(frozen=True, slots=True)
class _Body:
    """The part of a function's section that does not depend on its place.

    Equal ones are rendered once for all submissions. `source_cell` is None if the heading names that cell
    already.
    """

    name: str
    verdict: Verdict
    explanation: str
    spared: tuple[str, ...]
    hint: str
    example: str
    comments: tuple[str, ...]
    decisions: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    driver: str
    answer: Markup
    source: str
    source_cell: int | None
    first_line: int
    failing_line: int | None
    tallies: tuple[str, ...]
    cases: tuple[_Case, ...]

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED


_END = b"</article>\n"


def _row(score: Score) -> _Row:
    marks = wording.score_marks(score)
    words = wording.worded(score.verdict, score.message)
    return _Row(score.name, score.verdict, words, marks, wording.neat(score.max_points))


def _article_of(score: Score, spared: tuple[str, ...]) -> _Article:
    elsewhere = None if score.cell == score.source_cell else score.source_cell
    failing_line = wording.failing_line(score)
    return _article(score.anywhere or score, spared, elsewhere, score.first_line, failing_line)


@functools.lru_cache(maxsize=1024)  # a cached score is shared by all submissions with that function
def _article(
    score: Score,
    spared: tuple[str, ...],
    source_cell: int | None,
    first_line: int,
    failing_line: int | None,
) -> _Article:
    body = _body(score, spared, source_cell, first_line, failing_line)
    return _Article(_row(score), _rendered(body), _provenance(score))


@functools.lru_cache(maxsize=2048)
def _heading(row: _Row, place: str) -> bytes:
    """Return the heading of a section, the only part that names the function's place."""
    tone = wording.WORDINGS[row.verdict].tone
    return f"{template(HEADING).render(row=row, tone=tone, place=place)}\n".encode()


def _provenance(score: Score) -> Markup:
    """Return the list item with the digest of the program that earned a score, if one was run."""
    if not score.program_sha256:
        return Markup()
    name = escape(harmless(score.name))
    return Markup(f"<li>What was run of {name}: <code>{score.program_sha256}</code></li>\n")  # noqa: S704  # escaped


def _body(
    score: Score,
    spared: tuple[str, ...],
    source_cell: int | None,
    first_line: int,
    failing_line: int | None,
) -> _Body:
    public = [case for case in score.cases if case.public]
    hidden = [case for case in score.cases if not case.public]
    return _Body(
        name=score.name,
        verdict=score.verdict,
        explanation=wording.explanation(score),
        spared=spared,
        hint=score.hint,
        example=score.example,
        comments=score.comments,
        decisions=wording.decisions(score.ruling),
        parts=tuple((one.part, wording.marks(one.points, one.max_points)) for one in score.parts),
        driver=score.driver,
        answer=escape(harmless(score.answer, LONGEST)),
        source=score.source,
        source_cell=source_cell,
        first_line=first_line,
        failing_line=failing_line,
        tallies=(*_tally("Public", public), *_tally("Hidden", hidden)),
        cases=_failing(score.cases, score.message),
    )


@functools.lru_cache(maxsize=512)
def _failing(cases: tuple[CaseResult, ...], known: str) -> tuple[_Case, ...]:
    """Return the public cases that failed, without a message that equals `known`."""
    public = [case for case in cases if case.public]
    return tuple(_case(case, known) for case in public if case.verdict is not Verdict.PASSED)


def _tally(kind: str, cases: list[CaseResult]) -> Iterable[str]:
    if cases:
        passed = sum(case.verdict is Verdict.PASSED for case in cases)
        yield f"{kind} cases: {passed} of {len(cases)} passed."


def _case(case: CaseResult, known: str) -> _Case:
    message = "" if case.message == known else case.message
    pair = None if case.expected is None else side_by_side(case.actual, case.expected)
    return _Case(case.id, wording.worded(case.verdict, case.message), message, case.path, pair)


@functools.lru_cache(maxsize=256)
def _overview(rows: tuple[_Row, ...]) -> Markup:
    return Markup(template(OVERVIEW).render(rows=rows))  # noqa: S704  # autoescaped


@functools.lru_cache(maxsize=512)  # a few dozen versions of each function
def _rendered(body: _Body) -> bytes:
    return f"{template(FUNCTION).render(body=body)}\n".encode()
