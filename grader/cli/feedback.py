"""`grader feedback`: the pages that students read, from results that are there."""

from __future__ import annotations

import hashlib
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from grader.cli.next_step import next_step
from grader.errors import UnreadableError, UsageError
from grader.files.atomic_files import write_atomically
from grader.models.report import Header, Report
from grader.notebooks.annotate import annotated
from grader.notebooks.rendering import shown_cells
from grader.notebooks.scripts import as_notebook
from grader.reports.feedback_page import write_feedback
from grader.reports.notebook_page import write_notebook_page
from grader.reports.notebook_remarks import opening, remarks
from grader.reports.sanitize import one_line
from grader.reports.wording import first_of
from grader.results.database import Record, read_record
from grader.results.marking import shown
from grader.submissions import Handed, find, read


@click.command(
    "feedback",
    epilog="""\b
Examples:
  grader feedback results
  grader feedback results --notebook submissions/

The exit status is 0 when all was written; 1 when the notebook of a submission was not found as it was
graded, or cannot be shown; 2 when there are no results, or the folder cannot be written to.""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.argument("notebooks", nargs=-1, type=click.Path(path_type=Path))
@click.option("--notebook", is_flag=True, help="Also write each notebook with remarks, and a page of it.")
def command(folder: Path, notebooks: tuple[Path, ...], notebook: bool) -> None:
    """Write the pages of feedback in results folder DIR again, without grading.

    With --notebook also DIR/feedback/ID.ipynb, a copy of each notebook with verdicts and hints below its
    graded cells, and ID.notebook.html, the same as a page. The notebooks are looked for where they were
    graded, or else in NOTEBOOKS: files, folders of them, or zips of them.
    """
    if notebooks and not notebook:
        raise UsageError("Notebooks are named, but not what for\n  Add --notebook to have remarks in them.")
    with read_record(folder) as record:
        sources = _Sources(record, notebooks) if notebook else None
        without = _write(folder / "feedback", record.header, shown(record), sources)
    for line in without.lines(folder):
        click.echo(one_line(line), err=True)
    next_step("report", folder, first=f"The pages are in {folder / 'feedback'}/. The class")
    sys.exit(1 if without.lost or without.unshown else 0)


@dataclass(slots=True)
class _Without:
    """The ids of submissions without an annotated notebook: lost, not showable, or never a notebook."""

    lost: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def lines(self, folder: Path) -> Iterator[str]:
        """Yield a line for each kind, with what to do about it."""
        if self.lost:
            what = "1 notebook was" if len(self.lost) == 1 else f"{len(self.lost):,} notebooks were"
            again = f"grader feedback {shlex.quote(str(folder))} --notebook PATH"
            yield (
                f"{what} not found as graded, and so got no remarks: {first_of(self.lost)}. "
                f"Say where to look: {again}"
            )
        yield from self.unshown
        if self.unread:
            yield f"There is no notebook to write remarks into of {first_of(self.unread)}: see their pages."


class _Sources:
    """Finds the notebooks that were graded: where they were, or in the paths that were named."""

    def __init__(self, record: Record, named: Sequence[Path]) -> None:
        self._places = {handed.id: handed for handed in record.handed()}
        self._named = {
            _digest(data): handed
            for handed in (find(named) if named else ())
            if (data := _bytes_of(handed)) is not None
        }

    def of(self, report: Report) -> bytes | None:
        """Return the bytes that were graded; None if they are not found."""
        places = (self._places.get(report.id), self._named.get(report.sha256))
        found = (_bytes_of(handed) for handed in places if handed is not None)
        return next((data for data in found if data and _digest(data) == report.sha256), None)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes_of(handed: Handed) -> bytes | None:
    try:
        return read(handed)
    except UnreadableError:
        return None


def _write(folder: Path, header: Header, reports: Iterable[Report], sources: _Sources | None) -> _Without:
    """Write the pages, and return of whom no notebook was written.

    Raises:
        UsageError: the folder cannot be written to.
    """
    without = _Without()
    try:
        folder.mkdir(exist_ok=True)
        for report in reports:
            if report.status != "not_submitted":
                write_atomically(folder / f"{report.id}.html", write_feedback(header, report))
                if sources is not None:
                    _write_notebook(folder, header, report, sources, without)
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: {error.strerror}\n  Make room in it.") from None
    return without


def _write_notebook(
    folder: Path, header: Header, report: Report, sources: _Sources, without: _Without
) -> None:
    """Write one annotated notebook, or record why there is none."""
    if report.status != "graded":
        without.unread.append(report.id)
    elif (data := sources.of(report)) is None:
        without.lost.append(report.id)
    else:
        try:
            _write_remarks(folder, header, report, data)
        except UnreadableError as error:
            without.unshown.append(f"{report.id}: {error}")


def _write_remarks(folder: Path, header: Header, report: Report, data: bytes) -> None:
    data = as_notebook(data, report.file)
    write_atomically(folder / f"{report.id}.ipynb", annotated(data, opening(report), remarks(report)))
    page = write_notebook_page(report, *shown_cells(data), header.order)
    write_atomically(folder / f"{report.id}.notebook.html", page)
