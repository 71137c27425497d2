"""Write feedback/<id>.html, the page of one student."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from markupsafe import escape

from grader.comparison.verdict import Verdict
from grader.models.report import CaseResult, Header, Report, Score
from grader.notebooks.answers import LONGEST
from grader.reports import wording
from grader.reports.array_tables import Matrix, is_number, side_by_side
from grader.reports.jinja_env import template
from grader.reports.sanitize import harmless

TEMPLATES = PAGE, HEADING, FUNCTION, PASSED, BLANK = (
    "feedback.html",
    "heading.html",
    "function.html",
    "passed.html",
    "blank.html",
)
DIGITS = 12
"""Hexadecimal digits shown of the digest of a program; results.json has all of them."""
TABLES = 3
"""Public cases that failed of which inputs and answers are shown; of others, the verdict and message."""


class _Fate(StrEnum):
    """The sections of a page, by their headings, in their order."""

    MEND = "To mend"
    BLANK = "Not written yet"
    PENDING = "To be marked by a person"
    MARKED = "Marked by a person"
    PASSED = "Passed"


_FATES = {
    Verdict.NOT_ATTEMPTED: _Fate.BLANK,
    Verdict.TO_BE_MARKED: _Fate.PENDING,
    Verdict.PASSED: _Fate.PASSED,
}


def compile_templates() -> None:
    """Compile the templates, so that processes forked later need not."""
    for name in TEMPLATES:
        template(name)


def write_feedback(header: Header, report: Report) -> bytes:
    """Return the page: one HTML file without scripts and without external references.

    What is to be mended comes first, helpers before what needs them. Of hidden cases it only shows how many
    passed.

    Args:
        header: the header of the results.
        report: the submission.

    Returns:
        the page in UTF-8.
    """
    page = _Page(header, report)
    return b"".join([_head(), page.block("opening"), *page.content(), page.block("end")])


def write_content(header: Header, report: Report) -> bytes:
    """Return what is on the page, without its beginning and its end: for a page that has more around it.

    Args:
        header: the header of the results.
        report: the submission.

    Returns:
        a header, a main and a footer element in UTF-8.
    """
    return b"".join(_Page(header, report).content())


def write_function(report: Report, name: str) -> bytes:
    """Return all that there is to say of one function, whether it is to be mended or not.

    Args:
        report: the submission.
        name: the function.

    Returns:
        an article in UTF-8; nothing if the submission has no such function.
    """
    spared = wording.spared(report)
    return b"".join(
        piece for score in report.exercises if score.name == name for piece in _whole(score, spared)
    )


class _Page:
    """The parts of a page: the blocks of its template, and the sections on functions."""

    def __init__(self, header: Header, report: Report) -> None:
        self._report = report
        self._by_fate = _by_fate(wording.helpers_first(report.exercises, header.order))
        self._template = template(PAGE)
        self._context = self._template.new_context(
            {
                "header": header,
                "report": report,
                "student": report.student.name if report.student and report.student.name else report.id,
                "mend": [*filter(wording.is_wrong, self._by_fate[_Fate.MEND])],
                "blank": self._by_fate[_Fate.BLANK],
                "programs": [
                    (score.name, score.program_sha256[:DIGITS])
                    for score in report.exercises
                    if score.program_sha256
                ],
            }
        )

    def block(self, name: str) -> bytes:
        """Return a block of the template."""
        return "".join(self._template.blocks[name](self._context)).encode()

    def content(self) -> Iterator[bytes]:
        """Yield what is between the beginning and the end."""
        spared = wording.spared(self._report)
        yield self.block("heading")
        for fate, scores in self._by_fate.items():
            if scores:
                yield from _section(fate, scores, spared)
        yield self.block("closing")


def _by_fate(scores: Iterable[Score]) -> dict[_Fate, list[Score]]:
    """Return the functions by the section that they stand in, in the order of the sections."""
    found: dict[_Fate, list[Score]] = {fate: [] for fate in _Fate}
    for score in scores:
        fate = _Fate.MARKED if wording.is_marked(score) else _FATES.get(score.verdict, _Fate.MEND)
        found[fate].append(score)
    return found


def _section(fate: _Fate, scores: Sequence[Score], spared: Mapping[str, tuple[str, ...]]) -> Iterator[bytes]:
    """Yield a section: whole articles of what is wrong, a line for each function that is not."""
    yield f"<section>\n<h2>{fate}</h2>\n".encode()
    if fate is _Fate.PASSED:
        yield from _folded(scores)
    elif fate is _Fate.BLANK:
        yield _blank(tuple((score.name, wording.score_marks(score), _more(score)) for score in scores))
    else:
        for score in scores:
            yield from _whole(score, spared)
    yield b"</section>\n"


def _whole(score: Score, spared: Mapping[str, tuple[str, ...]]) -> Iterator[bytes]:
    """Yield the article on a function."""
    yield _heading(_row(score), wording.place(score))
    users, failing_line = spared.get(score.name, ()), wording.failing_line(score)
    yield _article(score.anywhere or score, users, score.first_line, failing_line)
    yield b"</article>\n"


def _folded(scores: Sequence[Score]) -> Iterator[bytes]:
    """Yield the list of what passed, which is folded unless a person wrote to something in it."""
    unfolded = " open" if any(score.comments or score.ruling for score in scores) else ""
    names = ", ".join(escape(harmless(score.name)) for score in scores)
    yield f"<details{unfolded}>\n<summary>{len(scores)}: {names}</summary>\n".encode()
    yield b'<ul class="plain">\n'
    yield from (_passed(_line(score.anywhere or score)) for score in scores)
    yield b"</ul>\n</details>\n"


def _more(score: Score) -> tuple[str, ...]:
    """Return what there is to say of a function that is not written, besides that."""
    said = score.message.removeprefix(f"{score.name} is not written yet.").strip()
    comments = (f"From your instructor: {comment}" for comment in score.comments)
    return (*filter(None, (said, score.hint)), *wording.decisions(score.ruling), *comments)


@functools.lru_cache(maxsize=256)
def _blank(lines: tuple[tuple[str, str, tuple[str, ...]], ...]) -> bytes:
    return f"{template(BLANK).render(lines=lines)}\n".encode()


@functools.cache
def _head() -> bytes:
    """Return the beginning that all pages share."""
    page = template(PAGE)
    return "".join(page.blocks["head"](page.new_context())).encode()


class _Row(NamedTuple):
    """The heading of one function."""

    name: str
    verdict: Verdict
    shown: wording.Wording
    marks: str
    code: bool


class _Body(NamedTuple):
    """What is said of a function that did not pass, in the order of the page."""

    name: str
    verdict: Verdict
    explanation: str
    place: str
    hint: str
    example: list[tuple[str, str]]
    decisions: tuple[str, ...]
    comments: tuple[str, ...]
    spared: tuple[str, ...]
    parts: list[tuple[str, str]]
    answer: str
    source: str
    first_line: int
    failing_line: int | None
    mend_lines: range
    driver: str
    tallies: tuple[str, ...]
    cases: list[_Case]


class _Line(NamedTuple):
    """The line on a function that passed."""

    name: str
    marks: str
    source: str
    explanation: str
    decisions: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A public case that failed: its input, and both answers as tables, if they were compared."""

    id: str
    shown: wording.Wording
    message: str
    path: str
    inputs: str
    pair: tuple[Matrix, Matrix] | None


def _row(score: Score) -> _Row:
    words = wording.verdict_words(score)
    return _Row(score.name, score.verdict, words, wording.score_marks(score), bool(score.source))


@functools.lru_cache(maxsize=2048)
def _heading(row: _Row, place: str) -> bytes:
    """Return the heading of a section, the only part that names the function's place."""
    tone = wording.WORDINGS[row.verdict].tone
    return f"{template(HEADING).render(row=row, tone=tone, place=place)}\n".encode()


@functools.lru_cache(maxsize=1024)  # a cached score is shared by all submissions with that function
def _article(score: Score, spared: tuple[str, ...], first_line: int, failing_line: int | None) -> bytes:
    """Return the body of a section, without its place."""
    start, end = score.repair.lines if score.repair else (1, 0)
    public = [case for case in score.cases if case.public]
    hidden = [case for case in score.cases if not case.public]
    body = _Body(
        name=score.name,
        verdict=score.verdict,
        explanation=wording.explanation(score),
        place=wording.repair_text(score.repair, first_line),
        hint=score.hint,
        example=wording.example_lines(score),
        decisions=wording.decisions(score.ruling),
        comments=score.comments,
        spared=spared,
        parts=[(one.part, wording.marks(one.points, one.max_points)) for one in score.parts],
        answer=escape(harmless(score.answer, LONGEST)),
        source=score.source,
        first_line=first_line,
        failing_line=failing_line,
        mend_lines=range(first_line + start - 1, first_line + end),
        driver=score.driver,
        tallies=(*_tally("Public", public), *_tally("Hidden", hidden)),
        cases=_failing(public, score.message),
    )
    return f"{template(FUNCTION).render(body=body)}\n".encode()


def _line(score: Score) -> _Line:
    marks, explanation = wording.score_marks(score), wording.explanation(score)
    return _Line(
        score.name, marks, score.source, explanation, wording.decisions(score.ruling), score.comments
    )


@functools.lru_cache(maxsize=1024)
def _passed(line: _Line) -> bytes:
    """Return the line on a function that passed."""
    return template(PASSED).render(line=line).encode()


def _failing(public: Iterable[CaseResult], known: str) -> list[_Case]:
    """Return the public cases that failed, without a message that equals `known`."""
    failed = [case for case in public if case.verdict is not Verdict.PASSED]
    return [_case(case, known, whole=i < TABLES) for i, case in enumerate(failed)]


def _tally(kind: str, cases: list[CaseResult]) -> Iterator[str]:
    if cases:
        passed = sum(case.verdict is Verdict.PASSED for case in cases)
        yield f"{kind} cases: {passed} of {len(cases)} passed."


def _case(case: CaseResult, known: str, *, whole: bool) -> _Case:
    message = "" if case.message == known else case.message
    compared = whole and case.expected is not None and not is_number(case.expected)
    pair = side_by_side(case.actual, case.expected) if compared else None
    shown = wording.worded(case.verdict, case.message)
    return _Case(case.id, shown, message, case.path, case.inputs if whole else "", pair)
