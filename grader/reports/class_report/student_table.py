"""Lay out the table of a class: a row for each submission, a cell for each exercise, in pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from grader.models.report import Report, Score, StoredReport, StoredScore
from grader.reports import wording
from grader.reports.summary import Counted

ROWS = 1_000
"""The number of submissions on one page: more make a browser slow."""

FURTHER_PAGE = re.compile(r"students-[0-9]+\.html")
"""Matches the file names of all pages but the first."""

EXCUSED = wording.Wording("E", "excused", "open")
IN_PART = wording.Wording("◐", "earned in part", "open")
DECIDED = "*"
"""Follows the mark of what a person decided."""

LEGEND = (
    *dict.fromkeys((found.sign, found.words) for found in wording.WORDINGS.values() if found.sign != "✗"),
    ("✗", "wrong"),
    (IN_PART.sign, IN_PART.words),
    (EXCUSED.sign, EXCUSED.words),
    (DECIDED, "decided by a person"),
)
"""The signs of the cells, and what they mean."""


@dataclass(frozen=True, slots=True)
class Row:
    """One submission: whose, its page in the results folder if it has one, its mark, and its cells.

    `absent` says why a submission has no cells; it is empty if it has.
    """

    who: str
    page: str
    points: str
    late: str
    cells: Markup
    absent: str


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the table: `number` of `pages` from 1, the exercises, and the rows from `first` on."""

    number: int
    pages: tuple[str, ...]
    exercises: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int
    total: int

    @property
    def before(self) -> str | None:
        """Return the file name of the page before this one, if there is one."""
        return self.pages[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> str | None:
        """Return the file name of the page after this one, if there is one."""
        return self.pages[self.number] if self.number < len(self.pages) else None


def page_of(report: Report | StoredReport) -> str:
    """Return the path of a submission's page in the results folder; empty if it has none."""
    return f"feedback/{quote(report.id, errors='replace')}.html" if report.status != "not_submitted" else ""


def table(
    reports: Sequence[Counted], number: int = 1, *, page_of: Callable[[Counted], str] = page_of
) -> Table:
    """Return one page of the table of a class.

    Args:
        reports: the whole class, in order.
        number: the page, from 1.
        page_of: returns the address of a submission; empty if it has none.

    Returns:
        the page.
    """
    first = (number - 1) * ROWS
    graded = next((report for report in reports if report.exercises), None)
    return Table(
        number,
        tuple(_name(page) for page in range(1, max(1, -(-len(reports) // ROWS)) + 1)),
        tuple(score.name for score in graded.exercises) if graded else (),
        tuple(row(report, page_of(report)) for report in reports[first : first + ROWS]),
        first + 1,
        len(reports),
    )


def who(report: Report | StoredReport) -> str:
    """Return the name of a submission's author for the instructor."""
    student = report.student
    return f"{student.name} ({report.id})" if student and student.name else report.id


def _name(number: int) -> str:
    return "index.html" if number == 1 else f"students-{number}.html"


def row(report: Report | StoredReport, page: str) -> Row:
    """Return the row of a submission.

    Args:
        report: the submission.
        page: the address of its page; empty if it has none.

    Returns:
        the row.
    """
    ruling = report.ruling
    excused = ruling is not None and ruling.excused
    points = "excused" if excused else "–" if report.points is None else f"{wording.neat(report.points):,}"
    decided = DECIDED if ruling and ruling.changes and not excused else ""
    late = wording.days(ruling.lateness.days) if ruling and ruling.lateness else "late"
    return Row(
        who(report),
        page,
        points + decided,
        late if report.late else "",
        Markup().join(map(_cell_of, report.exercises)),
        "" if report.exercises else wording.STATUSES[report.status],
    )


def _cell_of(score: Score | StoredScore) -> Markup:
    return _cell(sign_of(score), score.points, score.max_points, score.ruling is not None)


def sign_of(score: Score | StoredScore) -> wording.Wording:
    """Return the sign of a function in the table, its words and its tone."""
    if score.ruling and score.ruling.excused:
        return EXCUSED
    if score.ruling or 0 < score.points < score.max_points:
        return _by_points(score.points, score.max_points)
    return wording.WORDINGS[score.verdict]


def _by_points(points: float, max_points: float) -> wording.Wording:
    if points >= max_points:
        return wording.Wording("✓", "full points", "good")
    return IN_PART if points > 0 else wording.Wording("✗", "no points", "bad")


@functools.lru_cache(maxsize=512)
def _cell(shown: wording.Wording, points: float, max_points: float, decided: bool) -> Markup:
    """Return the cell of one exercise: a sign, which a screen reader reads as words.

    What most cells have is as short as can be, since a page has thousands of it.
    """
    if shown.sign == "✓" and not decided:
        return Markup('<td class="good">✓</td>')
    words = in_words(shown, points, max_points, decided=decided)
    return Markup('<td class="{}"><span role="img" aria-label="{}">{}</span></td>').format(
        shown.tone, words, shown.sign + (DECIDED if decided else "")
    )


def in_words(shown: wording.Wording, points: float, max_points: float, *, decided: bool) -> str:
    """Return what a screen reader says of a cell.

    Args:
        shown: its sign.
        points: the points that count.
        max_points: the most that can be earned.
        decided: whether a person decided them.

    Returns:
        a few words.
    """
    plain = points in {0, max_points} and not decided
    words = shown.words if plain else f"{shown.words}, {wording.marks(points, max_points)}"
    return words + (", decided by a person" if decided else "")
