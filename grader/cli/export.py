"""`grader export`: marks for other systems."""

from __future__ import annotations

import itertools
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from grader.assignments.course import Course
from grader.assignments.seeds import seed_of
from grader.cli import options
from grader.errors import UsageError
from grader.export.autograder import make_autograder
from grader.export.feedback_zip import NAMES as FEEDBACK
from grader.export.feedback_zip import FeedbackFiles
from grader.export.lms_sheet import read_sheet
from grader.export.owners import check_persons, sent
from grader.export.registry import AUTOGRADER, EACH, NAMES, OF_SUBMISSIONS, SHEETS, TABLES, files_of
from grader.export.zip_archive import zipped
from grader.files.atomic_files import write_atomically, write_pieces_atomically
from grader.models.report import Header, Report
from grader.reports import wording
from grader.results.database import Record, read_record
from grader.results.marking import pending_in, shown
from grader.submissions import Handed


@click.command(
    "export",
    epilog="""\b
Examples:
  grader export results --to canvas --roster gradebook.csv --out upload.csv
  grader export results --to moodle-feedback --out feedback.zip

The exit status is 0 when all that was graded is in what was written; 1 when some could not be put there;
2 when the folder has no results, or the roster, an option or this machine is at fault.""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--to", "name", type=click.Choice(NAMES), required=True, help="Which format; see docs/formats.md."
)
@click.option(
    "--roster",
    type=options.OrdinaryFile(),
    help="Canvas's gradebook export or Moodle's grading worksheet, to fill in.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A file; a folder or a .zip where there is a file a submission.  [default: standard output]",
)
@options.seed
@options.course
def command(
    folder: Path, name: str, roster: Path | None, out: Path | None, seed: str | None, course: Course
) -> None:
    """Write the results in DIR as another system takes them. What has no mark never becomes a zero."""
    if roster and name not in SHEETS:
        raise UsageError(f"--roster is for {' and '.join(SHEETS)}, not for {name}\n  Leave it out.")
    with read_record(folder) as record:
        header = record.header
        strangers = [outline.id for outline in record.outlines() if wording.stranger(outline)]
        check_persons(record.outlines() if name not in OF_SUBMISSIONS else ())
        waiting = "" if name == AUTOGRADER else pending_in(folder, record)
        try:
            if name == AUTOGRADER:
                drawn_from = seed or seed_of(course, header.assignment)
                _write([make_autograder(header, course, drawn_from)], out)
                missing: list[str] = []
            else:
                missing = _write_reports(name, record, roster, out)
        except OSError as error:
            if out is None:
                raise
            raise UsageError(
                f"{error.filename or out}: {error.strerror}\n  Choose another place with --out."
            ) from None
    if strangers and not roster and name != AUTOGRADER:
        advice = f"Other systems cannot tell whose: {_again(header.assignment, folder)}"
        click.echo(wording.strangers(strangers, f"the roster of {folder}", advice), err=True)
    for line in filter(None, (*missing, waiting)):
        click.echo(line, err=True)
    sys.exit(1 if missing else 0)


def _write_reports(name: str, record: Record, roster: Path | None, out: Path | None) -> list[str]:
    """Write the reports of a class in a format; return the reasons why some are not in it."""
    header, reports = record.header, shown(record)
    if name in EACH:
        return _write_each(name, header, reports, out)
    if name in FEEDBACK:
        return _write_feedback(name, header, reports, [*record.handed()], out)
    if name in TABLES:
        _write(TABLES[name](header, reports), out)
        return []
    sheet = read_sheet(roster) if roster else None
    reports = sent(reports, [*record.handed()], sheet.students) if sheet else reports
    text, left_out = SHEETS[name](header, reports, sheet)
    _write([text.encode()], out)
    advice = "Enter marks by hand where the table has no row."
    return [wording.strangers(left_out, str(roster), advice)] if left_out else []


def _again(assignment: str, folder: Path) -> str:
    """Return the advice to grade again with a roster."""
    out = shlex.quote(str(folder))
    return f"grade again by one that has all: grader grade {assignment} PATH... --out {out} --roster FILE"


def _write(pieces: Iterable[bytes], out: Path | None) -> None:
    if out:
        write_pieces_atomically(out, pieces)
    else:
        for piece in pieces:
            click.echo(piece, nl=False)


def _write_each(name: str, header: Header, reports: Iterable[Report], out: Path | None) -> list[str]:
    """Write a file for each submission; return the reasons why some have none."""
    missing: list[str] = []
    files = files_of(EACH[name], header, reports, missing)
    if out and out.suffix == ".zip":
        write_atomically(out, zipped(files))
    elif out and out.suffix != EACH[name].suffix:
        out.mkdir(parents=True, exist_ok=True)
        for file, data in files:
            write_atomically(out / file, data)
    else:
        several = list(itertools.islice(files, 2))
        if len(several) > 1:
            raise UsageError(
                "There is a file for each submission\n  Name a folder, or a file ending in .zip, with --out."
            )
        for _, data in several:
            _write([data], out)
    return [f"{one}: it has no mark, and {name} has no way to say so" for one in missing]


def _write_feedback(
    name: str, header: Header, reports: Iterable[Report], handed: Sequence[Handed], out: Path | None
) -> list[str]:
    """Write a zip of the pages; return the reason why some are not in it."""
    files = FeedbackFiles(FEEDBACK[name], header, reports, {one.id: one for one in handed})
    _write([zipped(files)], out)
    system = name.partition("-")[0].capitalize()
    which = (
        f"Left out, as their files are not named as {system} names them: {wording.first_of(files.without)}."
    )
    return [f"{which} Grade the files of its download, unzipped."] if files.without else []
