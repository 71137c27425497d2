"""`grader feedback`: the pages that students read, from results that are there."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from grader.comments import comments_in
from grader.errors import UnreadableError, UsageError
from grader.intake import Handed, find, read
from grader.model import Report
from grader.notebook.scripts import as_notebook
from grader.record import Record, read_record
from grader.report.comments import with_comments
from grader.report.feedback import write_feedback, write_notebook_page
from grader.report.remarks import opening, remarks
from grader.report.results import Header
from grader.store import write_atomically


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
        comments = comments_in(folder)
        reports = (with_comments(report, comments) for report in record.reports())
        problems = list(_write(folder / "feedback", record.header, reports, sources))
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(1 if problems else 0)


class _Sources:
    """Where the notebooks are: where they were graded, or else in what was named."""

    def __init__(self, record: Record, named: Sequence[Path]) -> None:
        self._places = {handed.id: handed for handed in record.handed()}
        self._named = {
            _digest(data): handed
            for handed in (find(named) if named else ())
            if (data := _bytes_of(handed)) is not None
        }

    def of(self, report: Report) -> bytes:
        """The bytes that were graded.

        Raises:
            UnreadableError: they are nowhere.
        """
        places = (self._places.get(report.id), self._named.get(report.sha256))
        found = (_bytes_of(handed) for handed in places if handed is not None)
        data = next((data for data in found if data and _digest(data) == report.sha256), None)
        if data is None:
            raise UnreadableError(
                "its notebook was not found as it was graded.\n"
                "  Say where it is: grader feedback DIR --notebook PATH"
            )
        return data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes_of(handed: Handed) -> bytes | None:
    try:
        return read(handed)
    except UnreadableError:
        return None


def _write(
    folder: Path, header: Header, reports: Iterable[Report], sources: _Sources | None
) -> Iterator[str]:
    """Write the pages, and yield what is wrong with notebooks.

    Raises:
        UsageError: the folder cannot be written to.
    """
    try:
        folder.mkdir(exist_ok=True)
        for report in reports:
            write_atomically(folder / f"{report.id}.html", write_feedback(header, report))
            if sources is not None and report.status == "graded":
                try:
                    _write_notebook(folder, report, sources.of(report))
                except UnreadableError as error:
                    yield f"{report.id}: {error}"
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: {error.strerror}\n  Make room in it.") from None


def _write_notebook(folder: Path, report: Report, data: bytes) -> None:
    from grader.notebook.annotated import annotated, notebook_html  # nbconvert takes a second to import

    data = as_notebook(data, report.file)
    said = opening(report), remarks(report)
    write_atomically(folder / f"{report.id}.ipynb", annotated(data, *said))
    page = write_notebook_page(report, notebook_html(data, *said))
    write_atomically(folder / f"{report.id}.notebook.html", page)
