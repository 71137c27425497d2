"""What a results folder remembers of its submissions, in SQLite.

A submission is in it whole or not at all, whenever the process that grades is killed.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import quote, unquote_to_bytes

import msgspec

from grader.errors import UsageError
from grader.models.report import Header, Repair, Report, Score, StoredReport
from grader.results.codec import Packed, packed, unpack_outline, unpack_repair, unpack_score, with_repair
from grader.results.results_json import entry, read_header, write_header
from grader.results.sqlite import AT_A_TIME, MOVE_AWAY, Connection
from grader.results.tables import TABLES
from grader.submissions import Handed

SCHEMA = 2
NAME = "results.db"
MOST = 2048
"""Scores that are at hand while the record is read; most are those of many."""
IN_ORDER = "SELECT {} FROM submissions WHERE position IS NOT NULL ORDER BY position"
ADD = "INSERT OR REPLACE INTO submissions VALUES (:id, :position, :handed, :sha256, :made_by, :outline)"

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
        self._connection = Connection(self.path)
        try:
            if create:
                self._lock()
            else:
                self._connection.execute("BEGIN")  # what is read in several steps is of one moment
            self._check_schema(create)
            if not create:
                self._check_inode(opened)
        except BaseException:
            self.close()
            raise

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
            self._connection.execute(statement)
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
        (found,) = self._connection.values("PRAGMA user_version")
        if found not in {0, SCHEMA}:
            raise UsageError(
                f"{self.path}: it has schema {found}; this grader knows schema {SCHEMA}\n"
                "  Use the grader that wrote it, or another folder."
            )
        if found == 0 and not create:
            raise _empty(self.path.parent)
        there = [*self._connection.values("SELECT name FROM sqlite_master WHERE name = 'repairs'")]
        self._has_repairs = create or bool(there)
        if create and not there:
            self._connection.execute("BEGIN")  # else each table waits for the disk by itself
            for statement in TABLES.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA}")
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

    # ------------------------------------------------------------ reading

    @property
    def header(self) -> Header:
        """What all reports share.

        Raises:
            UsageError: nothing was ever graded into the folder, or that was not finished.
        """
        return self._finished().header

    @property
    def order(self) -> bytes:
        """What `begin` was told of how the submissions are graded.

        Raises:
            UsageError: as for the header.
        """
        return self._finished().order

    def _finished(self) -> Begun:
        begun = self.begun
        if begun is None:
            raise _empty(self.path.parent)
        if not begun.finished:
            raise UsageError(
                f"{self.path.parent}: the grading was not finished\n"
                "  Run the same `grader grade` again: it goes on from there."
            )
        return begun

    @property
    def begun(self) -> Begun | None:
        """The grading that was begun last; None if nothing was ever graded into the folder."""
        for header, order, finished in self._connection.values(
            'SELECT header, "order", finished FROM grading'
        ):
            return Begun(self._read(read_header, header), order, bool(finished))
        return None

    def outlines(self) -> Iterator[StoredReport]:
        """Yield the reports without their scores, in the order of results.json, in a fraction of the time."""
        return (
            self._read(unpack_outline, outline)
            for outline in self._connection.values(IN_ORDER.format("outline"))
        )

    def reports(self) -> Iterator[Report]:
        """Yield the reports in the order of results.json, a few at a time; equal scores are one object."""
        known: dict[bytes, Score] = {}
        for rows in self._connection.rows(IN_ORDER.format("outline")):
            outlines = [self._read(unpack_outline, outline) for (outline,) in rows]
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
            some = digests[start : start + AT_A_TIME]
            wanted = f"SELECT sha256, score FROM scores WHERE sha256 IN ({_marks(some)})"  # noqa: S608  # marks
            yield from self._connection.values(wanted, some)

    def repairs(self, digests: Sequence[bytes]) -> dict[bytes, Repair | None]:
        """Return the repairs that were searched for some scores; None where none was found."""
        found: dict[bytes, Repair | None] = {}
        for start in range(0, len(digests) if self._has_repairs else 0, AT_A_TIME):
            some = digests[start : start + AT_A_TIME]
            wanted = f"SELECT sha256, repair FROM repairs WHERE sha256 IN ({_marks(some)})"  # noqa: S608  # marks
            for digest, repair in self._connection.values(wanted, some):
                found[digest] = self._read(unpack_repair, repair) if repair else None
        return found

    def handed(self) -> Iterator[Handed]:
        """Yield the submissions with the places of their files, in the order of results.json."""
        return (self._read(_decoded, handed) for handed in self._connection.values(IN_ORDER.format("handed")))

    def set_aside(self) -> list[str]:
        """Return the ids of submissions that were graded once and are not in results.json."""
        return [*self._connection.values("SELECT id FROM submissions WHERE position IS NULL")]

    def graded(self) -> dict[tuple[str, str], str]:
        """Return the digest of the file of each submission, by its id and the digest of what graded it."""
        rows = self._connection.values("SELECT id, made_by, sha256 FROM submissions")
        return {(name, made_by): sha256 for name, made_by, sha256 in rows}

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
        self._connection.execute("DELETE FROM grading")
        self._connection.execute("INSERT INTO grading VALUES (?, ?, FALSE)", (write_header(header), order))
        self._connection.execute("UPDATE submissions SET position = NULL")
        self._connection.execute_each("UPDATE submissions SET position = ? WHERE id = ?", enumerate(ids))
        self._forget_scores_of_no_report()
        self._connection.commit()

    def _forget_scores_of_no_report(self) -> None:
        """Delete the scores that no report refers to any more."""
        outlines = self._connection.values("SELECT outline FROM submissions")
        unpacked = (self._read(unpack_outline, outline) for outline in outlines)
        wanted = {mark.sha256 for outline in unpacked for mark in outline.exercises}
        gone = [
            (digest,)
            for digest in self._connection.values("SELECT sha256 FROM scores")
            if digest not in wanted
        ]
        self._connection.execute_each("DELETE FROM scores WHERE sha256 = ?", gone)
        self._connection.execute_each("DELETE FROM repairs WHERE sha256 = ?", gone)

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
            "UPDATE submissions SET position = ?, handed = ? WHERE id = ?",
            (position, _encoded(handed), handed.id),
        )

    def relist(self, handed: Handed) -> None:
        """Update whether the student of a submission that stays is in the roster."""
        (outline,) = self._connection.values("SELECT outline FROM submissions WHERE id = ?", (handed.id,))
        relisted = packed(replace(unpack_outline(outline), listed=handed.listed))
        self._connection.execute(
            "UPDATE submissions SET handed = ?, outline = ? WHERE id = ?",
            (_encoded(handed), relisted, handed.id),
        )

    def add(self, rows: Sequence[Row]) -> None:
        """Insert graded submissions, and commit them with all earlier updates."""
        self._connection.execute_each(ADD, map(_values, rows))
        scores = {digest: score for row in rows for digest, score in row.report.scores.items()}
        self._connection.execute_each("INSERT OR IGNORE INTO scores VALUES (?, ?)", scores.items())
        self._connection.commit()

    def add_repairs(self, repairs: Mapping[bytes, Repair | None]) -> None:
        """Insert what was found for some scores, and commit it."""
        rows = [(digest, repair and packed(repair)) for digest, repair in repairs.items()]
        self._connection.execute_each("INSERT OR REPLACE INTO repairs VALUES (?, ?)", rows)
        self._connection.commit()

    def forget_repairs(self) -> None:
        """Delete all that was found by searches."""
        self._connection.execute("DELETE FROM repairs")
        self._connection.commit()

    def finish(self) -> None:
        """Mark results.json as complete."""
        self._connection.execute("UPDATE grading SET finished = TRUE")
        self._connection.commit()


def _values(row: Row) -> dict[str, Any]:
    values = row._asdict()
    report: Packed = values.pop("report")
    return {**values, "handed": _encoded(row.handed), "outline": report.outline}


def _marks(values: Sequence[object]) -> str:
    """Return a question mark for each value."""
    return ", ".join("?" * len(values))


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
