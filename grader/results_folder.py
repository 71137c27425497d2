"""The folder that a grading leaves: its record, results.json, grades.csv, and a page for each student."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from grader.batch import Graded, Grader, Job, Order, grade_all
from grader.errors import UsageError
from grader.intake import Handed
from grader.model import Report
from grader.record import Record, Row
from grader.report.comments import read_comments, with_comments, write_comments
from grader.report.feedback import write_feedback
from grader.report.gradebook import write_gradebook
from grader.report.results import Header, assembled
from grader.store import write_atomically, write_pieces_atomically

COMMENTS = "comments.json"
FEEDBACK = "feedback"
INTERVAL = 0.5
"""Seconds of work that are done again when a run is killed."""

Watch = Callable[[Iterable[Graded | None], int], Iterator[Graded | None]]


def grade_into(
    folder: Path, grader: Grader, order: Order, handed: Sequence[Handed], jobs: int, watch: Watch
) -> None:
    """Grade what was handed in into a folder, which `grader.record.read_record` then reads.

    What the same order graded before, and has not changed since, is not graded again: so a run that was
    killed goes on when it is run again. Each submission is in the folder whole or not at all, and each
    file is written atomically.

    Args:
        folder: is made if it is not there, before any work is done.
        grader: carries out the order.
        order: how to grade.
        handed: what to grade; results.json has it in this order.
        jobs: how many processes to use.
        watch: passes on what is graded, of a number of submissions, and shows it.

    Raises:
        UsageError: the folder cannot be written to, or has the results of another assignment.
    """
    try:
        (folder / FEEDBACK).mkdir(parents=True, exist_ok=True)
        with Record(folder, create=True) as record:
            record.begin(grader.header, msgspec.json.encode(order, enc_hook=str))
            maker = _digest(grader.header, order)
            known = record.graded()
            work = [Job(one, known.get((one.id, _made_by(maker, one)), "")) for one in handed]
            graded = watch(grade_all(grader, order, work, jobs), len(work))
            _keep_all(record, folder / FEEDBACK, maker, zip(handed, graded, strict=True))
            write_atomically(folder / "grades.csv", write_gradebook(list(record.reports())).encode())
            write_pieces_atomically(folder / "results.json", assembled(record.header, record.entries()))
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: {error.strerror}\n  Make room, or choose another folder with --out."
        ) from None


def _digest(header: Header, order: Order) -> str:
    """Equal for gradings in which the same file gets the same scores."""
    what = (order.seed, order.timeout, order.names, order.public, sorted(order.comments.items()))
    return hashlib.sha256(msgspec.json.encode((header, what))).hexdigest()


def _made_by(maker: str, handed: Handed) -> str:
    """Equal when the same file of a submission gets the same report: its scores, and who handed it in."""
    who = (handed.file, handed.student, handed.late, handed.submitted, handed.notes)
    return hashlib.sha256(msgspec.json.encode((maker, who))).hexdigest()


def _keep_all(
    record: Record, pages: Path, maker: str, graded: Iterable[tuple[Handed, Graded | None]]
) -> None:
    """Take graded submissions into the record, and write their pages, a little work at a time."""
    rows: list[Row] = []
    last = time.monotonic()
    try:
        for position, (handed, result) in enumerate(graded):
            if result is None:
                record.keep(handed.id, position)
                continue
            if result.page:
                write_atomically(pages / f"{handed.id}.html", result.page)
            rows.append(_row(handed, position, maker, result))
            if time.monotonic() - last > INTERVAL:
                record.add(rows)
                rows, last = [], time.monotonic()
    finally:
        record.add(rows)


def _row(handed: Handed, position: int, maker: str, graded: Graded) -> Row:
    # What had no mark is tried again.
    made_by = _made_by(maker, handed) if graded.standing == "graded" else ""
    where = str(handed.path.absolute()), handed.member
    return Row(handed.id, position, *where, graded.sha256, made_by, graded.report, graded.entry)


# ---------------------------------------------------------------- comments


def comments_in(folder: Path) -> dict[str, str]:
    """What an instructor says to groups of the same wrong answers, by the names of the groups.

    Raises:
        UsageError: the file that has the comments cannot be read.
    """
    path = folder / COMMENTS
    try:
        return read_comments(path.read_bytes()) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}\n  Mend it, or move it away.") from None


def comment_on(folder: Path, header: Header, members: Iterable[Report], group: str, text: str) -> None:
    """Keep a comment, and write it on the pages of a group's members. An empty text takes it back.

    Raises:
        UsageError: the folder cannot be written to.
    """
    comments = {**comments_in(folder), group: text}
    kept = {name: said for name, said in comments.items() if said}
    try:
        write_atomically(folder / COMMENTS, write_comments(kept))
        for report in members:
            page = write_feedback(header, with_comments(report, kept))
            write_atomically(folder / FEEDBACK / f"{report.id}.html", page.encode())
    except OSError as error:
        raise UsageError(f"{error.filename or folder}: {error.strerror}\n  Make room in it.") from None
