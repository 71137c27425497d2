"""A results folder made from the store, so that reports, tables and exports are those of the command line."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from grader.files.atomic_files import write_atomically
from grader.models.report import Header, Report
from grader.results.adjustments import NAME as ADJUSTMENTS
from grader.results.adjustments import append, locked
from grader.results.codec import Packed, pack, packed
from grader.results.comments import NAME as COMMENTS
from grader.results.comments import write_comments
from grader.results.database import Record, Row
from grader.results.marking import refresh
from grader.server.catalogue import Offered
from grader.server.queue.graders import order_of
from grader.server.queue.worker import handed_in
from grader.server.services import Services
from grader.server.standing import Attempt, Standing, class_of, late_policy_of
from grader.server.store import gradings, marks, submissions
from grader.server.store.database import Connection
from grader.submissions import Handed, safe_id

FOLDER = "classes"
ARCHIVE = "submissions.zip"
"""The notebooks of a class; no name that a student chose is a path on the disk."""


@contextmanager
def classroom(
    services: Services, offered: Offered, *, pages: bool = False, notebooks: bool = False
) -> Iterator[Path | None]:
    """Write a results folder with the attempts that count, for as long as somebody reads from it.

    Work that waits to be graded is not in it.

    Args:
        services: the service.
        offered: the assignment.
        pages: whether to write feedback/, too.
        notebooks: whether to write what was submitted beside it, too.

    Yields:
        the folder; None if nothing was graded yet.

    Raises:
        RefusedError: the database is away, or a disk is full.
    """
    place = services.settings.data / FOLDER
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{offered.name}-", dir=place) as name:
        folder = Path(name) / offered.name
        folder.mkdir()
        with services.database.reading() as connection:
            written = _write(connection, services, offered, folder, notebooks=notebooks)
        if not written:
            yield None
            return
        with Record(folder, create=True) as record:
            refresh(folder, record, {outline.id for outline in record.outlines()} if pages else ())
        yield folder


def _write(
    connection: Connection, services: Services, offered: Offered, folder: Path, *, notebooks: bool
) -> bool:
    """Write the record of a class, its adjustments and comments; return False if nothing was graded."""
    everybody = class_of(connection, services, offered)
    graded = [one.counts for one in everybody if one.counts and one.counts.grading]
    if not graded:
        return False
    header = newest_header(graded)
    _write_decisions(connection, offered, folder, everybody)
    order = replace(
        order_of(services.settings, offered.name),
        roster=tuple(one.person.student for one in everybody),
        late=late_policy_of(connection, offered),
    )
    with Record(folder, create=True) as record:
        record.begin(header, json.dumps(asdict(order), default=str).encode())
        record.add([*_rows(connection, offered, everybody, folder)])
        digests = [mark.sha256 for one in graded if one.grading for mark in one.grading.outline.exercises]
        record.add_repairs(gradings.repairs(connection, [*dict.fromkeys(digests)], order.hints))
        record.finish()
    if notebooks:
        _write_notebooks(connection, everybody, folder)
    return True


def newest_header(graded: Sequence[Attempt]) -> Header:
    """Return the header of the attempt that was graded last.

    Args:
        graded: attempts that were graded.

    Returns:
        its header.
    """
    return max((one.grading for one in graded if one.grading), key=lambda one: one.graded_at).header


def _write_decisions(
    connection: Connection, offered: Offered, folder: Path, everybody: Sequence[Standing]
) -> None:
    """Write adjustments.csv and comments.json; what was decided about people without work is left out."""
    known = {safe_id(one.person.key) for one in everybody if one.counts is None or one.counts.grading}
    decided = [one for one in marks.adjustments(connection, offered.name) if one.student in known]
    if decided:
        with locked(folder) as file:
            append(file, folder / ADJUSTMENTS, decided)
    if said := marks.comments(connection, offered.name):
        write_atomically(folder / COMMENTS, write_comments(said))


def _rows(
    connection: Connection, offered: Offered, everybody: Sequence[Standing], folder: Path
) -> Iterator[Row]:
    """Yield a row for each student: of the attempt that counts, or of who submitted nothing."""
    outlines = [one.counts.grading.outline for one in everybody if one.counts and one.counts.grading]
    digests = dict.fromkeys(mark.sha256 for outline in outlines for mark in outline.exercises)
    scores = gradings.packed_scores(connection, [*digests])
    for position, one in enumerate(everybody):
        handed = _handed(one, folder)
        if one.counts is None:
            yield Row(handed.id, position, handed, "", "", pack(_nothing(handed, offered)))
        elif grading := one.counts.grading:
            outline = replace(grading.outline, student=one.person.student, listed=one.person.listed)
            own = {mark.sha256: scores[mark.sha256] for mark in outline.exercises}
            report = Packed(packed(outline), own)
            yield Row(handed.id, position, handed, outline.sha256, grading.made_by, report)


def _handed(one: Standing, folder: Path) -> Handed:
    """Return what a student submitted as a results folder names it."""
    if one.counts is None:
        key = safe_id(one.person.key)
        return Handed(key, "", student=one.person.student, absent=True, listed=one.person.listed)
    handed = handed_in(one.person, one.counts.submission)
    return replace(handed, path=str(folder.parent / ARCHIVE), member=f"{handed.id}/{handed.file}")


def _nothing(handed: Handed, offered: Offered) -> Report:
    return Report(
        id=handed.id,
        file="",
        sha256="",
        status="not_submitted",
        points=None,
        max_points=offered.max_points,
        seconds=0.0,
        notes=(),
        exercises=(),
        student=handed.student,
        listed=handed.listed,
    )


def _write_notebooks(connection: Connection, everybody: Sequence[Standing], folder: Path) -> None:
    """Write what was submitted into one zip beside the results."""
    with zipfile.ZipFile(folder.parent / ARCHIVE, "w") as archive:
        for one in everybody:
            if one.counts:
                content = submissions.content_of(connection, one.counts.submission.number)
                archive.writestr(_handed(one, folder).member or "", content)
