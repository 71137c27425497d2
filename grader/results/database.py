"""What a results folder remembers of its submissions: SQLite, by SQLAlchemy.

A submission is in it whole or not at all, whenever the process that grades is killed.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import quote, unquote_to_bytes

import msgspec
import sqlalchemy as sql

from grader.errors import UsageError
from grader.models.report import Header, Repair, Report, Score, StoredReport
from grader.results.codec import Packed, packed, unpack_outline, unpack_repair, unpack_score, with_repair
from grader.results.results_json import entry, read_header, write_header
from grader.results.tables import GRADING, METADATA, REPAIRS, SCORES, SUBMISSIONS
from grader.submissions import Handed

SCHEMA = 2
NAME = "results.db"
AT_A_TIME = 100
MOST = 2048
"""Scores that are at hand while the record is read; most are those of many."""
PATIENCE = 1.0
"""Seconds to wait for another process that has the folder."""

MOVE_AWAY = "Move it away, and grade again."
_ADVICE = {
    "locked": "Wait until the other `grader` is done with the folder.",
    "not a database": MOVE_AWAY,
    "malformed": MOVE_AWAY,
}
_ROOM = "Make room, or choose another folder with --out. What was graded before is kept."

Made = TypeVar("Made")


class Row(NamedTuple):
    """One graded submission: where it came from, the digest of what graded it, and its report."""

    id: str
    position: int
    handed: Handed
    sha256: str
    made_by: str
    report: Packed


class Begun(NamedTuple):
    """A grading that was begun, and perhaps not finished."""

    header: Header
    order: bytes
    finished: bool


class Record:
    """The database of a results folder. Use it as a context manager.

    Raises:
        UsageError: it cannot be read or written, or is not one that this grader knows.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / NAME
        if not create and not self.path.is_file():
            raise _empty(folder)
        opened = None if create else self._inode()
        place = sql.URL.create("sqlite", database=str(self.path))  # whatever signs are in it
        self._engine = sql.create_engine(place, connect_args={"timeout": PATIENCE})
        sql.event.listen(self._engine, "handle_error", self._in_our_words)
        self._connection = self._engine.connect()
        try:
            if create:
                self._lock()
            else:
                self._connection.exec_driver_sql("BEGIN")  # what is read in several steps is of one moment
            self._check_schema(create)
            if not create:
                self._check_inode(opened)
        except BaseException:
            self.close()
            raise

    def _in_our_words(self, context: sql.ExceptionContext) -> UsageError | None:
        if not isinstance(context.original_exception, sqlite3.Error):
            return None
        reason = str(context.original_exception)
        advice = next((text for words, text in _ADVICE.items() if words in reason), _ROOM)
        return UsageError(f"{self.path}: {reason}\n  {advice}")

    def _lock(self) -> None:
        """Keep other processes out from now on: of two graders, one ends before it has done anything.

        A commit outlives the machine: the marks of a batch survive a power cut.
        """
        opened = self._inode()
        for statement in (
            "PRAGMA synchronous = FULL",
            "PRAGMA locking_mode = EXCLUSIVE",
            "BEGIN EXCLUSIVE",
        ):
            self._connection.exec_driver_sql(statement)
        self._connection.commit()
        self._check_inode(opened)

    def _check_inode(self, opened: int | None) -> None:
        """Refuse to go on with a file that another one has replaced."""
        if self._inode() != opened:
            raise UsageError(
                f"{self.path}: it was replaced while this waited for it\n  Run the same command again."
            )

    def _inode(self) -> int | None:
        """Return the inode of the database file: `grader regrade` replaces it with a new one."""
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return None

    def _check_schema(self, create: bool) -> None:
        found = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found not in {0, SCHEMA}:
            raise UsageError(
                f"{self.path}: it has schema {found}; this grader knows schema {SCHEMA}\n"
                "  Use the grader that wrote it, or another folder."
            )
        if found == 0 and not create:
            raise _empty(self.path.parent)
        there = bool(found) and sql.inspect(self._connection).has_table(REPAIRS.name)
        self._has_repairs = create or there
        if create and not there:
            self._connection.exec_driver_sql("BEGIN")  # else each table waits for the disk by itself
            METADATA.create_all(self._connection)
            self._connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            self._connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; what is not committed is rolled back."""
        self._connection.close()
        self._engine.dispose()

    # ------------------------------------------------------------ reading

    @property
    def header(self) -> Header:
        """What all reports share.

        Raises:
            UsageError: nothing was ever graded into the folder, or that was not finished.
        """
        return self._read(read_header, self._finished().header)

    @property
    def order(self) -> bytes:
        """What `begin` was told of how the submissions are graded.

        Raises:
            UsageError: as for the header.
        """
        order: bytes = self._finished().order
        return order

    def _finished(self) -> sql.Row[tuple[Any, ...]]:
        row = self._connection.execute(sql.select(GRADING)).one_or_none()
        if row is None:
            raise _empty(self.path.parent)
        if not row.finished:
            raise UsageError(
                f"{self.path.parent}: the grading was not finished\n"
                "  Run the same `grader grade` again: it goes on from there."
            )
        return row

    @property
    def begun(self) -> Begun | None:
        """The grading that was begun last; None if nothing was ever graded into the folder."""
        row = self._connection.execute(sql.select(GRADING)).one_or_none()
        return None if row is None else Begun(self._read(read_header, row.header), row.order, row.finished)

    def outlines(self) -> Iterator[StoredReport]:
        """Yield the reports without their scores, in the order of results.json, in a fraction of the time."""
        return (self._read(unpack_outline, row.outline) for row in self._in_order(SUBMISSIONS.c.outline))

    def reports(self) -> Iterator[Report]:
        """Yield the reports in the order of results.json, a few at a time; equal scores are one object."""
        known: dict[bytes, Score] = {}
        for rows in self._in_order(SUBMISSIONS.c.outline).partitions():
            outlines = [self._read(unpack_outline, row.outline) for row in rows]
            needed = dict.fromkeys(mark.sha256 for outline in outlines for mark in outline.exercises)
            recalled = {digest: known.pop(digest) for digest in needed if digest in known}
            known |= recalled
            missing = needed.keys() - recalled
            repaired = self.repairs([*missing])
            found = self.scores([*missing])
            known |= {digest: with_repair(score, repaired.get(digest)) for digest, score in found}
            if not known.keys() >= needed.keys():
                raise self._damaged("a score is not there")
            for outline in outlines:
                yield outline.filled(known[mark.sha256] for mark in outline.exercises)
            for digest in [*itertools.islice(known, max(len(known) - MOST, 0))]:
                del known[digest]

    def entries(self) -> Iterator[bytes]:
        """Yield the encoded parts of results.json, in order."""
        return map(entry, self.reports())

    def scores(self, digests: Sequence[bytes]) -> Iterator[tuple[bytes, Score]]:
        """Yield scores without their places, by their digests."""
        return ((digest, self._read(unpack_score, score)) for digest, score in self._scores(digests))

    def _scores(self, digests: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for start in range(0, len(digests), AT_A_TIME):
            some = SCORES.c.sha256.in_(digests[start : start + AT_A_TIME])
            for row in self._connection.execute(sql.select(SCORES).where(some)):
                yield row.sha256, row.score

    def repairs(self, digests: Sequence[bytes]) -> dict[bytes, Repair | None]:
        """Return the repairs that were searched for some scores; None where none was found."""
        found: dict[bytes, Repair | None] = {}
        for start in range(0, len(digests) if self._has_repairs else 0, AT_A_TIME):
            some = REPAIRS.c.sha256.in_(digests[start : start + AT_A_TIME])
            for row in self._connection.execute(sql.select(REPAIRS).where(some)):
                found[row.sha256] = self._read(unpack_repair, row.repair) if row.repair else None
        return found

    def handed(self) -> Iterator[Handed]:
        """Yield the submissions with the places of their files, in the order of results.json."""
        return (self._read(_decoded, row.handed) for row in self._in_order(SUBMISSIONS.c.handed))

    def _in_order(self, column: sql.Column[Any]) -> sql.CursorResult[Any]:
        wanted = sql.select(column).where(SUBMISSIONS.c.position.is_not(None))
        ordered = wanted.order_by(SUBMISSIONS.c.position)
        return self._connection.execute(ordered.execution_options(yield_per=AT_A_TIME))

    def set_aside(self) -> list[str]:
        """Return the ids of submissions that were graded once and are not in results.json."""
        aside = sql.select(SUBMISSIONS.c.id).where(SUBMISSIONS.c.position.is_(None))
        return list(self._connection.execute(aside).scalars())

    def graded(self) -> dict[tuple[str, str], str]:
        """Return the digest of the file of each submission, by its id and the digest of what graded it."""
        columns = (SUBMISSIONS.c.id, SUBMISSIONS.c.made_by, SUBMISSIONS.c.sha256)
        return {(row.id, row.made_by): row.sha256 for row in self._connection.execute(sql.select(*columns))}

    def _read(self, unpack: Callable[[bytes], Made], data: bytes) -> Made:
        """Decode a column. A failure means that the disk or a person damaged the row."""
        try:
            return unpack(data)
        except (msgspec.MsgspecError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise self._damaged(type(error).__name__) from None

    def _damaged(self, how: str) -> UsageError:
        return UsageError(f"{self.path}: a row of it is damaged ({how})\n  {MOVE_AWAY}")

    # ------------------------------------------------------------ writing

    def begin(self, header: Header, order: bytes, ids: Sequence[str] = ()) -> None:
        """Start a new results.json.

        Args:
            header: what all reports of the grading share.
            order: how it grades, in any encoding; `order` returns it.
            ids: submissions that were graded before and are in the new file, in their order. Others are
                kept in the database, out of the file.

        Raises:
            UsageError: the folder has the results of another assignment.
        """
        begun = self.begun
        if begun is not None:
            self._check_assignment(begun.header.assignment, header.assignment)
        self._connection.execute(sql.delete(GRADING))
        self._connection.execute(
            sql.insert(GRADING).values(header=write_header(header), order=order, finished=False)
        )
        self._connection.execute(sql.update(SUBMISSIONS).values(position=None))
        if ids:
            placed = sql.update(SUBMISSIONS).where(SUBMISSIONS.c.id == sql.bindparam("name"))
            named = [{"name": name, "position": position} for position, name in enumerate(ids)]
            self._connection.execute(placed, named)
        self._forget_scores_of_no_report()
        self._connection.commit()

    def _forget_scores_of_no_report(self) -> None:
        """Delete the scores that no report refers to any more."""
        outlines = self._connection.execute(sql.select(SUBMISSIONS.c.outline)).scalars()
        unpacked = (self._read(unpack_outline, outline) for outline in outlines)
        wanted = {mark.sha256 for outline in unpacked for mark in outline.exercises}
        there = self._connection.execute(sql.select(SCORES.c.sha256)).scalars()
        if gone := [{"digest": digest} for digest in there if digest not in wanted]:
            for table in (SCORES, REPAIRS):
                chosen = table.c.sha256 == sql.bindparam("digest")
                self._connection.execute(sql.delete(table).where(chosen), gone)

    def _check_assignment(self, found: str, wanted: str) -> None:
        if found != wanted:
            raise UsageError(
                f"{self.path.parent}: it has the results of {found}, not of {wanted}\n"
                "  Choose another folder with --out."
            )

    def keep(self, handed: Handed, position: int) -> None:
        """Take a submission that was graded before into results.json.

        Args:
            handed: where it came from.
            position: its position in results.json, from 0.
        """
        self._connection.execute(
            sql.update(SUBMISSIONS)
            .where(SUBMISSIONS.c.id == handed.id)
            .values(position=position, handed=_encoded(handed))
        )

    def relist(self, handed: Handed) -> None:
        """Update whether the student of a submission that stays is in the roster."""
        own = SUBMISSIONS.c.id == handed.id
        outline = self._connection.execute(sql.select(SUBMISSIONS.c.outline).where(own)).scalar_one()
        relisted = packed(replace(unpack_outline(outline), listed=handed.listed))
        self._connection.execute(
            sql.update(SUBMISSIONS).where(own).values(handed=_encoded(handed), outline=relisted)
        )

    def add(self, rows: Sequence[Row]) -> None:
        """Insert graded submissions, and commit them with all earlier updates."""
        begun = self._connection.get_transaction()
        if begun and not (begun.is_active and begun.is_valid):  # after ^C in a statement, or with a full disk
            self._connection.rollback()
        if rows:
            added = sql.insert(SUBMISSIONS).prefix_with("OR REPLACE")
            self._connection.execute(added, [*map(_values, rows)])
        if scores := {digest: score for row in rows for digest, score in row.report.scores.items()}:
            named = [{"sha256": digest, "score": score} for digest, score in scores.items()]
            self._connection.execute(sql.insert(SCORES).prefix_with("OR IGNORE"), named)
        self._connection.commit()

    def add_repairs(self, repairs: Mapping[bytes, Repair | None]) -> None:
        """Insert what was found for some scores, and commit it."""
        rows = [{"sha256": digest, "repair": repair and packed(repair)} for digest, repair in repairs.items()]
        if rows:
            self._connection.execute(sql.insert(REPAIRS).prefix_with("OR REPLACE"), rows)
            self._connection.commit()

    def forget_repairs(self) -> None:
        """Delete all that was found by searches."""
        self._connection.execute(sql.delete(REPAIRS))
        self._connection.commit()

    def finish(self) -> None:
        """Mark results.json as complete."""
        self._connection.execute(sql.update(GRADING).values(finished=True))
        self._connection.commit()


def _values(row: Row) -> dict[str, Any]:
    values = row._asdict()
    report: Packed = values.pop("report")
    return {**values, "handed": _encoded(row.handed), "outline": report.outline}


def _encoded(handed: Handed) -> bytes:
    path = os.path.join(os.getcwd(), handed.path)  # noqa: PTH109, PTH118  # a class has thousands of them
    return packed(replace(handed, path=quote(os.fsencode(path))))  # the name of a file may be any bytes


def _decoded(data: bytes) -> Handed:
    handed = msgspec.msgpack.decode(data, type=Handed)
    return replace(handed, path=os.fsdecode(unquote_to_bytes(handed.path)))


def _empty(folder: Path) -> UsageError:
    return UsageError(f"{folder}: there are no results in it\n  Name the folder that `grader grade` wrote.")


def read_record(folder: Path) -> Record:
    """The record of a results folder, to read from.

    Raises:
        UsageError: there is none, or it is not one that this grader knows.
    """
    return Record(folder)
