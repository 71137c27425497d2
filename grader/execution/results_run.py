"""Grades into a results folder: its database, results.json, grades.csv and the pages of feedback."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shlex
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.execution.batch import grade_all
from grader.execution.grader import Grader, Order
from grader.execution.jobs import Graded, GradedStream, Job
from grader.execution.results_merge import Filed, Plan, joined
from grader.files.atomic_files import remove_parts, sync, write_atomically
from grader.models.report import Header, Standing, StoredReport
from grader.models.submission import Student
from grader.reports.feedback_page import write_feedback
from grader.reports.summary import UNMARKED
from grader.results.adjustments import NAME as ADJUSTMENTS
from grader.results.adjustments import adjustments_in, append, check_known, locked
from grader.results.comments import with_comments
from grader.results.database import NAME as RECORD
from grader.results.database import Record, Row, read_record
from grader.results.marking import late_policy, write_tables
from grader.results.rulings import in_force, ruled
from grader.submissions import Handed

FEEDBACK = "feedback"
REMARKS = (".ipynb", ".notebook.html")
"""How the notebooks end that `grader feedback --notebook` puts beside a page."""
INTERVAL = 0.5
"""Seconds of work that are done again when a run is killed."""

CarryOut = Callable[[Sequence[Job]], GradedStream]
Watch = Callable[[Iterable[Graded | None], int], GradedStream]


def unwatched(work: Iterable[Graded | None], total: int) -> GradedStream:  # noqa: ARG001  # to stand in for a watch
    """Pass results on without showing progress.

    Args:
        work: the results as they come.
        total: how many there will be.

    Returns:
        the same results.
    """
    yield from work


def grade_into(
    folder: Path, grader: Grader, order: Order, handed: Sequence[Handed], jobs: int, watch: Watch,
    *, only: bool = False,
) -> Filed:  # fmt: skip
    """Grade into a results folder with worker processes of this machine; see `graded_into`.

    Args:
        folder: the results folder.
        grader: carries out the order in this process.
        order: how to grade.
        handed: what to grade.
        jobs: the number of worker processes.
        watch: wraps the iterator of results to show progress; called with (results, total).
        only: keep nothing that is not in `handed`.

    Returns:
        what this did to the folder.

    Raises:
        UsageError: see `graded_into`.
    """

    def carry_out(work: Sequence[Job]) -> GradedStream:
        return grade_all(grader, order, work, jobs)

    return graded_into(folder, grader.header, order, handed, carry_out, watch, only=only)


def graded_into(
    folder: Path, header: Header, order: Order, handed: Sequence[Handed], carry_out: CarryOut, watch: Watch,
    *, only: bool = False,
) -> Filed:  # fmt: skip
    """Grade into a results folder, which `results.database.read_record` can read afterwards.

    What is in the folder and not in `handed` stays. A file that the same order graded before and that has not
    changed since is not graded again, so a run that was killed continues when it is repeated. Each submission
    is in the folder whole or not at all, and each file is written atomically.

    Args:
        folder: is made if it is not there, before any work is done.
        header: what all reports share.
        order: how to grade.
        handed: what to grade.
        carry_out: grades jobs, in order.
        watch: wraps the iterator of results to show progress; called with (results, total).
        only: keep nothing that is not in `handed`.

    Returns:
        what this did to the folder.

    Raises:
        UsageError: the folder cannot be written to, or has results that cannot be combined with the new ones:
            of another assignment, of another version of it, or of another seed.
    """
    pages = folder / FEEDBACK
    if not only:
        _check_record(folder)
    try:
        pages.mkdir(parents=True, exist_ok=True)
        with Record(folder, create=True) as record:
            maker = _digest(header, order)
            plan = _planned(record, header, order, handed, only=only)
            filed = Filed.begun(plan)
            said = json.dumps(dataclasses.asdict(order), default=str).encode()
            hinted_otherwise = _has_another_level(record, order)
            all_stale = hinted_otherwise or _has_another_policy(record, order)
            order = _with_adjustments(folder, record, plan, order)
            record.begin(header, said, plan.order if _continues(record, header) else ())
            if hinted_otherwise:
                record.forget_repairs()
            for one in plan.relisted:
                record.relist(one)
            remove_parts(folder)
            remove_parts(pages)
            known = record.graded()
            work = [Job(one, _graded(known, maker, one)) for one in plan.work]
            with (
                closing(carry_out(work)) as results,
                closing(watch(results, len(work))) as graded,
            ):
                _keep_all(record, pages, maker, plan, zip(plan.work, graded, strict=True), filed)
            statuses: dict[str, Standing] = {}
            outlines = filed.tally.counting(_noted(record.outlines(), statuses, filed, plan))
            write_tables(folder, record, header, order.marking, outlines)
            stale = statuses if all_stale else order.marking.adjustments
            _mend_pages(record, header, order, pages, statuses, stale)
            sync(folder)
            record.finish()
            if order.hints != "none":
                from grader.execution.repair_search import repaired, search

                if search(record, handed, carry_out, watch):
                    write_tables(folder, record, header, order.marking, record.outlines())
                found = repaired(record)  # now or earlier: a search may have been stopped before its pages
                _mend_pages(record, header, order, pages, statuses, found)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: {error.strerror}\n  Make room, or choose another folder with --out."
        ) from None
    return filed


def roster_in(folder: Path) -> tuple[Student, ...]:
    """The roster by which a folder was graded last; empty when there was none, or nothing is in the folder.

    Raises:
        UsageError: the record cannot be read.
    """
    path = folder / RECORD
    if not path.is_file() or not path.stat().st_size:
        return ()
    with read_record(folder) as record:
        begun = record.begun
    return students_of(json.loads(begun.order)) if begun else ()


def students_of(order: Mapping[str, Any]) -> tuple[Student, ...]:
    """Return the roster that is stored with an order; empty in orders of earlier versions."""
    return tuple(Student(**student) for student in order.get("roster", ()))


def _has_another_policy(record: Record, order: Order) -> bool:
    """Return whether pages that stay may show marks by another late policy than this one."""
    begun = record.begun
    if begun is None:
        return False
    return late_policy(begun.order) != order.late or (order.late is not None and not begun.finished)


def _has_another_level(record: Record, order: Order) -> bool:
    """Return whether pages that stay may tell more or less of the place of a mistake than this order does."""
    begun = record.begun
    if begun is None:
        return False
    before = json.loads(begun.order).get("hints", "none") if begun.order else "none"
    return bool(before != order.hints or (order.hints == "none" and not begun.finished))


def _with_adjustments(folder: Path, record: Record, plan: Plan, order: Order) -> Order:
    """Return the order with the adjustments that are in the folder by now.

    Those of a submission that gets another id are repeated under that id.

    Raises:
        AdjustmentError: one is of nobody.
        OSError: the folder cannot be written to.
    """
    there = adjustments_in(folder)
    if not there:
        return order
    moved = {before.id: name for name, before in plan.before.items() if before.id != name}
    force = in_force(there)
    carried = [
        dataclasses.replace(one, student=new)
        for old, new in moved.items()
        for one in force.get(old, ())
        if new not in force
    ]
    if carried:
        with locked(folder) as file:
            append(file, folder / ADJUSTMENTS, carried)
    known = {*plan.order, *record.set_aside(), *(one.id for one in record.handed())}
    check_known(folder / ADJUSTMENTS, known, ())
    return dataclasses.replace(order, adjustments=(*there, *carried))


def _check_record(folder: Path) -> None:
    """Refuse to write over results whose record is gone: nobody would know who else is in them.

    Raises:
        UsageError: there are such results.
    """
    if (folder / "results.json").exists() and not (folder / RECORD).exists():
        raise UsageError(
            f"{folder}: it has results.json, but not {RECORD}, which knows the class\n"
            f"  Put {RECORD} back, choose another folder with --out, or name the whole class with --only."
        )


def _planned(record: Record, header: Header, order: Order, handed: Sequence[Handed], *, only: bool) -> Plan:
    """What the folder is to have.

    Raises:
        UsageError: some of that was graded otherwise.
    """
    plan, begun = joined([*record.handed()], handed, only=only), record.begun
    if not begun or not plan.staying or begun.header.assignment != header.assignment:
        return plan
    if _continues(record, header):
        return plan
    folder = shlex.quote(str(record.path.parent))
    seed = begun.header.seed_sha256 != header.seed_sha256
    same = begun.header.assignment_sha256 == header.assignment_sha256
    how = "another seed" if same else f"another version of {header.assignment}"
    if begun.finished:
        elsewhere = json.loads(record.order).get("course") != str(order.course)
        course = f" --course {shlex.quote(str(order.course))}" if elsewhere else ""
        first = "Name the seed of this folder, or grade them by another" if seed else "First grade them again"
        advice = f"{first}: grader regrade {folder}{' --seed SEED' if seed else ''}{course}"
    else:
        advice = f"Grade the whole class: grader grade {header.assignment} PATH... --out {folder} --only"
    more = sum(not one.absent for one in plan.staying)
    others = f"{more:,} more submissions" if more else "students who handed in nothing"
    raise UsageError(f"{record.path.parent}: it has {others}, graded with {how}\n  {advice}")


def _continues(record: Record, header: Header) -> bool:
    """Whether what is in the folder was graded with the same test cases."""
    begun = record.begun
    return begun is not None and (begun.header.assignment_sha256, begun.header.seed_sha256) == (
        header.assignment_sha256, header.seed_sha256
    )  # fmt: skip


def _digest(header: Header, order: Order) -> str:
    """Equal for gradings in which the same file gets the same scores."""
    return _sha256(header, order.seed, order.timeout, order.names)


def _made_by(maker: str, handed: Handed) -> str:
    """Equal when the same file of a submission gets the same report: its scores, and who handed it in."""
    who = (handed.student, handed.listed)
    return _sha256(maker, handed.file, who, handed.late, handed.submitted, handed.notes)


def _graded(known: Mapping[tuple[str, str], str], maker: str, handed: Handed) -> str:
    """The digest of the file that was graded so before; empty when none was."""
    return known.get((handed.id, _made_by(maker, handed)), "") if known else ""


def _sha256(*what: object) -> str:
    return hashlib.sha256(json.dumps(what, default=dataclasses.asdict).encode()).hexdigest()


def _keep_all(
    record: Record, pages: Path, maker: str, plan: Plan, graded: Iterable[tuple[Handed, Graded | None]],
    filed: Filed,
) -> None:  # fmt: skip
    """Take graded submissions into the record, and write their pages, a little work at a time."""
    rows: list[Row] = []
    last = time.monotonic()
    position = {name: position for position, name in enumerate(plan.order)}
    remarks = {path.name for path in pages.iterdir() if path.name.endswith(REMARKS)}
    digests = {name: digest for (name, _), digest in record.graded().items()} if plan.before else {}
    try:
        for handed, result in graded:
            if result is None:
                record.keep(handed, position[handed.id])
                filed.kept += 1
                continue
            if result.page:
                write_atomically(f"{pages}/{handed.id}.html", result.page)
            for name in remarks.intersection(handed.id + ending for ending in REMARKS):
                (pages / name).unlink()
            rows.append(_row(handed, position[handed.id], maker, result))
            filed.count(handed, plan.before.get(handed.id), digests, result.sha256)
            if time.monotonic() - last > INTERVAL:
                record.add(rows)
                rows, last = [], time.monotonic()
    finally:
        record.add(rows)


def _row(handed: Handed, position: int, maker: str, graded: Graded) -> Row:
    # What had no mark is tried again, and what may get a better one when a module is installed.
    lasts = graded.standing == "graded" and not graded.again
    made_by = _made_by(maker, handed) if lasts else ""
    return Row(handed.id, position, handed, graded.sha256, made_by, graded.report)


def _noted(
    outlines: Iterable[StoredReport], statuses: dict[str, Standing], filed: Filed, plan: Plan
) -> Iterator[StoredReport]:
    """Pass outlines on; note their statuses, and why some of what was named has no mark."""
    staying = {one.id for one in plan.staying}
    for outline in outlines:
        statuses[outline.id] = outline.status
        if outline.status in UNMARKED and outline.id not in staying:
            filed.reasons.append(" ".join(outline.notes))
        yield outline


def _mend_pages(
    record: Record, header: Header, order: Order, pages: Path, statuses: Mapping[str, Standing],
    stale: Collection[str],
) -> None:  # fmt: skip
    """Remove the pages of who has none any more; write those that are stale, missing or empty."""
    there = {entry.name for entry in os.scandir(pages) if entry.stat().st_size}
    with_page = {name for name, status in statuses.items() if status != "not_submitted"}
    for name in {*record.set_aside(), *statuses} - with_page:
        for page in there.intersection(name + ending for ending in (".html", *REMARKS)):
            (pages / page).unlink()
            there.remove(page)
    missing = {name for name in with_page if f"{name}.html" not in there or name in stale}
    for report in record.reports() if missing else ():
        if report.id in missing:
            content = write_feedback(header, with_comments(ruled(report, order.marking), order.comments))
            write_atomically(f"{pages}/{report.id}.html", content)
