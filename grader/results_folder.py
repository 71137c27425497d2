"""The folder that a grading leaves: its record, results.json, grades.csv, and a page for each student."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from grader.batch import Graded, Grader, Job, Order, Results, Scores, grade_all
from grader.errors import UsageError
from grader.intake import Handed
from grader.record import Record, Row
from grader.report.gradebook import write_gradebook
from grader.report.results import Header, assembled
from grader.report.tally import Tally
from grader.store import remove_parts, write_atomically, write_pieces_atomically

FEEDBACK = "feedback"
INTERVAL = 0.5
"""Seconds of work that are done again when a run is killed."""

CarryOut = Callable[[Sequence[Job], Scores], Results]
Watch = Callable[[Iterable[Graded | None], int], Results]


def grade_into(
    folder: Path, grader: Grader, order: Order, handed: Sequence[Handed], jobs: int, watch: Watch
) -> Tally:
    """Grade what was handed in into a folder by `jobs` processes of this machine; see `graded_into`."""

    def carry_out(work: Sequence[Job], known: Scores) -> Results:
        grader.know(known)
        return grade_all(grader, order, work, jobs)

    return graded_into(folder, grader.header, order, handed, carry_out, watch)


def graded_into(
    folder: Path, header: Header, order: Order, handed: Sequence[Handed], carry_out: CarryOut, watch: Watch
) -> Tally:
    """Grade what was handed in into a folder, which `grader.record.read_record` then reads; count it.

    What the same order graded before, and has not changed since, is not graded again: so a run that was
    killed goes on when it is run again. Each submission is in the folder whole or not at all, and each
    file is written atomically.

    Args:
        folder: is made if it is not there, before any work is done.
        header: what is said of the grading as a whole.
        order: how to grade.
        handed: what to grade; results.json has it in this order.
        carry_out: grades each job, in order, and is told the scores that are known.
        watch: passes on what is graded, of a number of submissions, and shows it.

    Raises:
        UsageError: the folder cannot be written to, or has the results of another assignment.
    """
    pages, numbers = folder / FEEDBACK, Tally()
    try:
        pages.mkdir(parents=True, exist_ok=True)
        with Record(folder, create=True) as record:
            maker = _digest(header, order)
            record.begin(header, json.dumps(dataclasses.asdict(order), default=str).encode(), maker)
            remove_parts(folder)
            remove_parts(pages)
            known = record.graded()
            work = [Job(one, _graded(known, maker, one)) for one in handed]
            with (
                closing(carry_out(work, record.learned(maker))) as results,
                closing(watch(results, len(work))) as graded,
            ):
                _keep_all(record, pages, maker, zip(handed, graded, strict=True))
            outlines = numbers.counting(record.outlines())
            write_pieces_atomically(folder / "grades.csv", write_gradebook(outlines))
            write_pieces_atomically(folder / "results.json", assembled(header, record.entries()))
            record.finish()
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: {error.strerror}\n  Make room, or choose another folder with --out."
        ) from None
    return numbers


def _digest(header: Header, order: Order) -> str:
    """Equal for gradings in which the same file gets the same scores."""
    return _sha256(header, order.seed, order.timeout, order.names)


def _made_by(maker: str, handed: Handed) -> str:
    """Equal when the same file of a submission gets the same report: its scores, and who handed it in."""
    return _sha256(maker, handed.file, handed.student, handed.late, handed.submitted, handed.notes)


def _graded(known: Mapping[tuple[str, str], str], maker: str, handed: Handed) -> str:
    """The digest of the file that was graded so before; empty when none was."""
    return known.get((handed.id, _made_by(maker, handed)), "") if known else ""


def _sha256(*what: object) -> str:
    return hashlib.sha256(json.dumps(what, default=dataclasses.asdict).encode()).hexdigest()


def _keep_all(
    record: Record, pages: Path, maker: str, graded: Iterable[tuple[Handed, Graded | None]]
) -> None:
    """Take graded submissions into the record, and write their pages, a little work at a time."""
    rows: list[Row] = []
    learned: dict[bytes, bytes] = {}
    last = time.monotonic()
    try:
        for position, (handed, result) in enumerate(graded):
            if result is None:
                record.keep(handed, position)
                continue
            if result.page:
                write_atomically(f"{pages}/{handed.id}.html", result.page)
            rows.append(_row(handed, position, maker, result))
            learned.update(result.learned)
            if time.monotonic() - last > INTERVAL:
                record.add(rows, maker, learned)
                rows, learned, last = [], {}, time.monotonic()
    finally:
        record.add(rows, maker, learned)


def _row(handed: Handed, position: int, maker: str, graded: Graded) -> Row:
    # What had no mark is tried again, and what may get a better one when a module is installed.
    lasts = graded.standing == "graded" and not graded.again
    made_by = _made_by(maker, handed) if lasts else ""
    return Row(handed.id, position, handed, graded.sha256, made_by, graded.report)
