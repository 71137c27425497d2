"""What changes the computed marks of a results folder: its adjustments, and the late policy it stores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.files.atomic_files import write_atomically, write_durably
from grader.models.marking import LatePolicy, Marking
from grader.models.report import Header, Report, StoredReport
from grader.reports.class_report.index import write_index
from grader.reports.class_report.student_table import FURTHER_PAGE
from grader.reports.feedback_page import write_feedback
from grader.reports.sanitize import one_line
from grader.reports.wording import pending_in_words
from grader.results.adjustments import NAME, adjustments_in, check_known
from grader.results.comments import comments_in, with_comments
from grader.results.database import Record
from grader.results.gradebook import write_gradebook
from grader.results.results_json import assembled, entry
from grader.results.rulings import in_force, ruled


class _Order(msgspec.Struct):
    """The part of a stored order that is about marks."""

    late: LatePolicy | None = None


def marking_of(record: Record) -> Marking:
    """Return the adjustments in force in a results folder, and its late policy.

    Raises:
        AdjustmentError: adjustments.csv cannot be read, or has an adjustment for nobody.
        UsageError: nothing was graded into the folder, or that was not finished.
    """
    folder = record.path.parent
    adjustments = adjustments_in(folder)
    if adjustments:
        outlines = [*record.outlines()]
        ids = {outline.id for outline in outlines} | {*record.set_aside()}
        check_known(folder / NAME, ids, functions_of(outlines))
    return Marking(in_force(adjustments), late_policy(record.order))


def functions_of(outlines: Iterable[StoredReport]) -> tuple[str, ...]:
    """Return the names of the graded functions; none if no submission was graded."""
    graded = next((outline for outline in outlines if outline.exercises), None)
    return tuple(score.name for score in graded.exercises) if graded else ()


def late_policy(order: bytes) -> LatePolicy | None:
    """Return the late policy in a stored order; None in those of earlier versions.

    Raises:
        UsageError: it is not an order.
    """
    try:
        return msgspec.json.decode(order, type=_Order).late if order else None
    except msgspec.MsgspecError:
        raise UsageError("It is not written down how this was graded\n  Grade it again.") from None


def shown(record: Record, marking: Marking | None = None) -> Iterator[Report]:
    """Yield the reports of a results folder as people see them: with comments, and with the marks that count.

    Args:
        record: its database.
        marking: what changes the marks; by default that of the folder.

    Returns:
        an iterator of reports.

    Raises:
        UsageError: see `marking_of`; the comments cannot be read.
    """
    comments = comments_in(record.path.parent)
    marking = marking or marking_of(record)
    return (with_comments(ruled(report, marking), comments) for report in record.reports())


def pending_in(folder: Path, record: Record) -> str:
    """Return the warning that answers in a results folder wait for a person; empty if none does.

    Args:
        folder: the results folder, as it was named.
        record: its database.

    Returns:
        one line.
    """
    marking = marking_of(record)
    return one_line(pending_in_words((ruled(one, marking) for one in record.outlines()), str(folder)))


def write_tables(
    folder: Path, record: Record, header: Header, marking: Marking, outlines: Iterable[StoredReport]
) -> None:
    """Write grades.csv, results.json, and the table of students.

    Args:
        folder: the results folder.
        record: its database.
        header: what all reports share.
        marking: what changes the marks.
        outlines: the class as computed, for grades.csv and the table of students.

    Raises:
        OSError: the folder cannot be written to.
    """
    small = [ruled(outline, marking) for outline in outlines]
    write_durably(folder / "grades.csv", write_gradebook(small))
    _write_students(folder, header, small)
    entries = (entry(ruled(report, marking)) for report in record.reports())
    write_durably(folder / "results.json", assembled(header, entries))


def write_students(folder: Path, record: Record) -> None:
    """Write index.html and the further pages of the table of students.

    Args:
        folder: the results folder.
        record: its database.

    Raises:
        UsageError: see `marking_of`.
        OSError: the folder cannot be written to.
    """
    marking = marking_of(record)
    _write_students(folder, record.header, [ruled(outline, marking) for outline in record.outlines()])


def _write_students(folder: Path, header: Header, reports: Sequence[StoredReport]) -> None:
    """Write the pages, and remove those of a larger class."""
    pages = write_index(header, reports, with_report=(folder / "report.html").exists())
    for name, page in pages.items():
        write_atomically(folder / name, page)
    for path in folder.glob("students-*.html"):
        if path.name not in pages and FURTHER_PAGE.fullmatch(path.name):
            path.unlink()


def refresh(folder: Path, record: Record, ids: Collection[str]) -> None:
    """Write grades.csv, results.json and the table of students again, and the pages of some students.

    Args:
        folder: the results folder.
        record: its database.
        ids: the submissions whose pages are written.

    Raises:
        UsageError: see `marking_of`.
        OSError: the folder cannot be written to.
    """
    marking, header = marking_of(record), record.header
    write_tables(folder, record, header, marking, record.outlines())
    (folder / "feedback").mkdir(exist_ok=True)
    for report in shown(record, marking):
        if report.id in ids and report.status != "not_submitted":
            write_atomically(folder / "feedback" / f"{report.id}.html", write_feedback(header, report))
