"""Format reports for the terminal, as Rich renderables."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.comparison.verdict import Verdict
from grader.models.report import Report, Score
from grader.reports import wording
from grader.reports.sanitize import harmless, one_line
from grader.reports.shortening import told_apart
from grader.reports.summary import UNMARKED, Tally, why

REASONS = 20
"""The number of submissions without a mark that are listed below the table of a class."""

READABLE = 16
"""The characters of an id that are shown in a terminal, however narrow."""

SIGNS = {"✓": "passed", "✗": "wrong", "!": "did not run", "–": "not written yet"}
TO_BE_MARKED = {"…": "to be marked"}
"""The sign of questions, which is shown where there are some."""

STYLES = {"good": "green", "bad": "red", "open": "magenta"}
"""The colours of tones, which are seen on white and on black; the signs and words do without."""

LAST = {"good": 0, "open": 1, "bad": 2}
"""The order of tones in a list: what is to be mended stands last, where the prompt is."""


def class_table(reports: Sequence[Report]) -> RenderableType:
    """Return a table of a class: one row per submission, one narrow numbered column per function.

    A cell has the sign of the verdict and the points; a legend below names the functions. Up to ten functions
    fit 80 columns; where they do not fit, the table goes on in another one below it. What has no mark stands
    last, and why below all.
    """
    reports = sorted(reports, key=lambda report: report.status in UNMARKED)
    names = tuple(dict.fromkeys(score.name for report in reports for score in report.exercises))
    headings = [*(str(number) for number in range(1, len(names) + 1)), "points", "status"]
    columns = [*zip(*(_row(report, names) for report in reports), strict=True)]
    table = _WrappedTable(columns[0], [*zip(headings, columns[1:], strict=True)]) if columns else Text()
    reasons = [why(report) for report in reports if report.status in UNMARKED]
    asked = any(score.verdict is Verdict.TO_BE_MARKED for report in reports for score in report.exercises)
    return Group(table, *_legend(names, SIGNS | TO_BE_MARKED if asked else SIGNS), *_reasons(reasons))


@dataclass(frozen=True, slots=True)
class _WrappedTable:
    """A table of which each part has the ids and as many columns as the terminal has room for."""

    ids: Sequence[Text]
    columns: Sequence[tuple[str, Sequence[Text]]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, (columns, room) in enumerate(self._parts(options.max_width)):
            if number:
                yield Text()
            table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
            table.add_column("submission", no_wrap=True)
            for heading, _ in columns:
                table.add_column(heading, justify="left" if heading == "status" else "right", no_wrap=True)
            ids = told_apart([text.plain for text in self.ids], room)
            for row in zip(map(Text, ids), *(cells for _, cells in columns), strict=True):
                table.add_row(*row)
            yield table

    def _parts(self, width: int) -> Iterator[tuple[list[tuple[str, Sequence[Text]]], int]]:
        """Yield the columns of each part, and the room that they leave for the ids."""
        longest = max(text.cell_len for text in self.ids)
        room = width - max(len("submission"), min(longest, READABLE))
        part: list[tuple[str, Sequence[Text]]] = []
        left = room
        for heading, cells in self.columns:
            needed = 1 + max(len(heading), *(text.cell_len for text in cells))
            if part and needed > left:
                yield part, width - room + left
                part, left = [], room
            part.append((heading, cells))
            left -= needed
        yield part, width - room + left


def tally_table(tally: Tally) -> RenderableType:
    """Return a table of a class that is too large for `class_table`: one row per function.

    The columns are how many passed, are wrong, did not run and are not written yet, and the mean of the
    points. Below it the first reasons why submissions have no mark are listed.
    """
    asked = any(function.signs["…"] for function in tally.functions.values())
    signs = SIGNS | TO_BE_MARKED if asked else SIGNS
    counts = [[f"{function.signs[sign]:,}" for function in tally.functions.values()] for sign in signs]
    means = [
        f"{function.mean:.1f}/{wording.neat(function.max_points)}" for function in tally.functions.values()
    ]
    columns = [*zip(signs, counts, strict=True), ("mean", means)]
    more = len(tally.reasons) - REASONS
    return Group(
        _NamedRows([*tally.functions], columns),
        _meaning(signs),
        *_reasons(tally.reasons[:REASONS]),
        *([Text(f"and {more:,} more; see the notes in grades.csv", style="red")] if more > 0 else []),
    )


@dataclass(frozen=True, slots=True)
class _NamedRows:
    """A table with the name of a function in each row, which alone is cut where there is no room."""

    names: Sequence[str]
    columns: Sequence[tuple[str, Sequence[str]]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        needed = sum(2 + max(map(len, (heading, *cells))) for heading, cells in self.columns)
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
        table.add_column("function", no_wrap=True)
        for heading, _ in self.columns:
            table.add_column(heading, justify="right", no_wrap=True)
        names = told_apart(self.names, max(READABLE, options.max_width - needed))
        for row in zip(names, *(cells for _, cells in self.columns), strict=True):
            table.add_row(*map(Text, row))
        yield table


def submission_view(report: Report) -> RenderableType:
    """Return one submission in detail: each function with its verdict, message, hint and place.

    What is wrong stands last, and of that what can be mended at once.
    """
    title = Text(one_line(report.file), style="bold")
    title.append(f"   {wording.marks(report.points, report.max_points)}")
    parts: list[RenderableType] = [title, Text(wording.summary(report)), Text()]
    name_width = max((len(score.name) for score in report.exercises), default=0)
    for score in sorted(report.exercises, key=_to_mend):
        parts.extend(_score(score, name_width))
    if report.notes:
        parts += [Text(), Text("Notes", style="bold")]
        parts.extend(_indented(note) for note in report.notes)
    return Group(*parts)


def submission_text(report: Report, width: int) -> str:
    """Return one submission in detail as plain text.

    Args:
        report: the submission.
        width: the number of columns.

    Returns:
        lines, as a terminal without colours shows them.
    """
    console = Console(file=io.StringIO(), record=True, width=width)
    console.print(submission_view(report))
    return console.export_text()


def _to_mend(score: Score) -> int:
    """Return the place of a function in a list."""
    return 1 if wording.untold(score) else LAST[wording.WORDINGS[score.verdict].tone]


def _reasons(reasons: Sequence[str]) -> Iterator[RenderableType]:
    """Yield why submissions have no mark, one line each."""
    if reasons:
        yield Text()
    for reason in reasons:
        yield Text(one_line(reason), style="red")


def _row(report: Report, names: Sequence[str]) -> Iterator[Text]:
    scores = {score.name: score for score in report.exercises}
    yield Text(one_line(report.id))
    for name in names:
        yield _cell(scores[name]) if name in scores else Text()
    total = (
        "" if report.points is None else f"{wording.neat(report.points)}/{wording.neat(report.max_points)}"
    )
    yield Text("excused" if report.ruling and report.ruling.excused else total)
    unknown = wording.stranger(report)
    status = [wording.STATUSES[report.status], *["late"] * report.late, *["not in roster"] * unknown]
    yield Text(", ".join(status), style="" if report.status == "graded" and not unknown else "red")


def _cell(score: Score) -> Text:
    found = wording.WORDINGS[score.verdict]
    if score.ruling and score.ruling.excused:
        return Text("ex")
    return Text(f"{found.sign}{wording.neat(score.points):>2}", style=STYLES[found.tone])


def _legend(names: Sequence[str], signs: Mapping[str, str]) -> Iterator[RenderableType]:
    if names:
        yield Text()
        functions = [Text(f"{number:>2} {name}", style="dim") for number, name in enumerate(names, 1)]
        yield Columns(functions, padding=(0, 2), column_first=True)
        yield _meaning(signs)


def _meaning(signs: Mapping[str, str]) -> Text:
    """Return what the signs mean, in one line."""
    return Text("   ".join(f"{sign} {meaning}" for sign, meaning in signs.items()), style="dim")


def _score(score: Score, name_width: int) -> Iterator[RenderableType]:
    found = wording.verdict_words(score)
    sign, style, verdict = found.sign, STYLES[found.tone], found.words
    marks = wording.score_marks(score)
    if wording.untold(score):
        sign, style, marks = "?", STYLES["open"], ""
        verdict = f"{verdict}; cannot be told here until {score.cause} is right"
    elif wording.of_kind(score):
        sign, style, marks, verdict = "?", STYLES["open"], "", "of the right kind"
    explanation = wording.explanation(score)
    yield Text.assemble((f"{sign} ", style), f"{score.name:<{name_width}}  {marks:>9}  ", (verdict, style))
    details = (
        "" if score.verdict is Verdict.PASSED else wording.place(score),
        "" if explanation == f"{score.name} is {found.words}." else explanation,  # the line above has it
        *(f"{one.part}: {wording.marks(one.points, one.max_points)}" for one in score.parts),
        f"Hint: {score.hint}" if score.hint else "",
        _example(score.example),
    )
    yield from (_indented(detail) for detail in details if detail)


def _example(example: str) -> str:
    """Return an example with its label; below that if it has several lines, which can be copied so."""
    return "Smallest example:{}{}".format("\n" if "\n" in example else " ", example) if example else ""


def _indented(text: str) -> Padding:
    return Padding(Text(harmless(text)), (0, 0, 0, 4), expand=False)
