"""What a results folder remembers of its submissions: SQLite, by SQLAlchemy.

A submission is in it whole or not at all, whenever the process that grades is killed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import quote, unquote_to_bytes

import msgspec
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from grader.errors import UsageError
from grader.intake import Handed
from grader.model import Report
from grader.report.results import Header, read_header, write_header
from grader.report.whole import Marks, packed, unpack, unpack_marks

SCHEMA = 1
NAME = "results.db"
AT_A_TIME = 100
PATIENCE = 1.0
"""Seconds to wait for another process that has the folder."""

_ADVICE = {
    "locked": "Wait until the other `grader` is done with the folder.",
    "not a database": "Move it away, and grade again.",
    "malformed": "Move it away, and grade again.",
}
_ROOM = "Make room, or choose another folder with --out. What was graded before is kept."

_METADATA = sql.MetaData()
_GRADING = sql.Table(
    "grading",
    _METADATA,
    sql.Column("header", sql.LargeBinary, nullable=False),
    sql.Column("order", sql.LargeBinary, nullable=False),  # what `begin` was given, to grade again by
    sql.Column("finished", sql.Boolean, nullable=False),
)
_SUBMISSIONS = sql.Table(
    "submissions",
    _METADATA,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("position", sql.Integer, index=True),  # null when it is not in results.json
    sql.Column("handed", sql.LargeBinary, nullable=False),
    sql.Column("sha256", sql.Text, nullable=False),
    sql.Column("made_by", sql.Text, nullable=False),
    sql.Column("report", sql.LargeBinary, nullable=False),
    sql.Column("entry", sql.LargeBinary, nullable=False),
)
_SCORES = sql.Table(
    "scores",
    _METADATA,
    sql.Column("meaning", sql.LargeBinary, primary_key=True),
    sql.Column("made_by", sql.Text, nullable=False),
    sql.Column("score", sql.LargeBinary, nullable=False),
)


class Row(NamedTuple):
    """One graded submission: where it came from, what graded it, its report, its part of results.json."""

    id: str
    position: int
    handed: Handed
    sha256: str
    made_by: str
    report: bytes
    entry: bytes


class Record:
    """The database of a results folder. Use it as a context manager.

    Raises:
        UsageError: it cannot be read or written, or is not one that this grader knows.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / NAME
        if not create and not self.path.is_file():
            raise _empty(folder)
        self._engine = sql.create_engine(f"sqlite:///{self.path}", connect_args={"timeout": PATIENCE})
        sql.event.listen(self._engine, "handle_error", self._in_our_words)
        self._connection = self._engine.connect()
        try:
            if create:
                self._lock()
            self._check_schema(create)
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

        A commit outlives its process; that it outlives the machine is worth no waiting.
        """
        for statement in (
            "PRAGMA synchronous = NORMAL",
            "PRAGMA locking_mode = EXCLUSIVE",
            "BEGIN EXCLUSIVE",
        ):
            self._connection.exec_driver_sql(statement)
        self._connection.commit()

    def _check_schema(self, create: bool) -> None:
        found = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found not in {0, SCHEMA}:
            raise UsageError(
                f"{self.path}: it has schema {found}; this grader knows schema {SCHEMA}\n"
                "  Use the grader that wrote it, or another folder."
            )
        if found == 0 and not create:
            raise _empty(self.path.parent)
        if found == 0:
            _METADATA.create_all(self._connection)
            self._connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            self._connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up what is not committed, and close the file."""
        self._connection.close()
        self._engine.dispose()

    # ------------------------------------------------------------ reading

    @property
    def header(self) -> Header:
        """What all reports share.

        Raises:
            UsageError: nothing was ever graded into the folder, or that was not finished.
        """
        return read_header(self._finished().header)

    @property
    def order(self) -> bytes:
        """What `begin` was told of how the submissions are graded.

        Raises:
            UsageError: as for the header.
        """
        order: bytes = self._finished().order
        return order

    def _finished(self) -> sql.Row[tuple[Any, ...]]:
        row = self._connection.execute(sql.select(_GRADING)).one_or_none()
        if row is None:
            raise _empty(self.path.parent)
        if not row.finished:
            raise UsageError(
                f"{self.path.parent}: the grading was not finished\n"
                "  Run the same `grader grade` again: it goes on from there."
            )
        return row

    def reports(self) -> Iterator[Report]:
        """The reports in results.json, in its order, a few at a time in memory."""
        return (unpack(row.report) for row in self._in_order(_SUBMISSIONS.c.report))

    def marks(self) -> Iterator[Marks]:
        """What the reports come to, in the same order."""
        return (unpack_marks(row.report) for row in self._in_order(_SUBMISSIONS.c.report))

    def entries(self) -> Iterator[bytes]:
        """The parts of results.json, in order."""
        return (row.entry for row in self._in_order(_SUBMISSIONS.c.entry))

    def handed(self) -> Iterator[Handed]:
        """What was handed in, and where it was, in the order of results.json."""
        return (_decoded(row.handed) for row in self._in_order(_SUBMISSIONS.c.handed))

    def _in_order(self, *columns: sql.Column[Any]) -> Iterator[Any]:
        wanted = sql.select(*columns).where(_SUBMISSIONS.c.position.is_not(None))
        ordered = wanted.order_by(_SUBMISSIONS.c.position).execution_options(yield_per=AT_A_TIME)
        return iter(self._connection.execute(ordered))

    def graded(self) -> dict[tuple[str, str], str]:
        """The digest of the file of each submission, by its id and by what made its report."""
        columns = (_SUBMISSIONS.c.id, _SUBMISSIONS.c.made_by, _SUBMISSIONS.c.sha256)
        return {(row.id, row.made_by): row.sha256 for row in self._connection.execute(sql.select(*columns))}

    def scores(self, maker: str) -> dict[bytes, bytes]:
        """What `maker` has learned: scores by what their functions mean."""
        made = sql.select(_SCORES.c.meaning, _SCORES.c.score).where(_SCORES.c.made_by == maker)
        return {row.meaning: row.score for row in self._connection.execute(made)}

    # ------------------------------------------------------------ writing

    def begin(self, header: Header, order: bytes, maker: str) -> None:
        """Start a new results.json. What was graded before is kept, out of it; what others learned is not.

        Raises:
            UsageError: the folder has the results of another assignment.
        """
        found = self._connection.execute(sql.select(_GRADING.c.header)).scalar_one_or_none()
        if found is not None:
            self._check_assignment(read_header(found).assignment, header.assignment)
        self._connection.execute(sql.delete(_GRADING))
        self._connection.execute(
            sql.insert(_GRADING).values(header=write_header(header), order=order, finished=False)
        )
        self._connection.execute(sql.update(_SUBMISSIONS).values(position=None))
        self._connection.execute(sql.delete(_SCORES).where(_SCORES.c.made_by != maker))
        self._connection.commit()

    def _check_assignment(self, found: str, wanted: str) -> None:
        if found != wanted:
            raise UsageError(
                f"{self.path.parent}: it has the results of {found}, not of {wanted}\n"
                "  Choose another folder with --out."
            )

    def keep(self, handed: Handed, position: int) -> None:
        """Take a submission that was graded before into results.json."""
        self._connection.execute(
            sql.update(_SUBMISSIONS)
            .where(_SUBMISSIONS.c.id == handed.id)
            .values(position=position, handed=_encoded(handed))
        )

    def add(self, rows: Sequence[Row], maker: str, learned: Mapping[bytes, bytes]) -> None:
        """Take in graded submissions and what `maker` has learned; make this and all that was kept last."""
        if self._connection.invalidated:  # ^C in the middle of a statement costs the connection
            self._connection.rollback()
        if rows:
            added = insert(_SUBMISSIONS)
            replaced = {name: added.excluded[name] for name in Row._fields if name != "id"}
            self._connection.execute(
                added.on_conflict_do_update(index_elements=["id"], set_=replaced),
                [{**row._asdict(), "handed": _encoded(row.handed)} for row in rows],
            )
        if learned:
            new = [{"meaning": key, "made_by": maker, "score": score} for key, score in learned.items()]
            self._connection.execute(insert(_SCORES).on_conflict_do_nothing(), new)
        self._connection.commit()

    def finish(self) -> None:
        """Say that results.json is complete."""
        self._connection.execute(sql.update(_GRADING).values(finished=True))
        self._connection.commit()


def _encoded(handed: Handed) -> bytes:
    return packed(replace(handed, path=handed.path.absolute()), _quoted)


def _decoded(data: bytes) -> Handed:
    return msgspec.msgpack.decode(data, type=Handed, dec_hook=_unquoted)


def _quoted(path: Any) -> str:
    return quote(os.fsencode(path))  # the name of a file may be any bytes


def _unquoted(_: type, text: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(text)))


def _empty(folder: Path) -> UsageError:
    return UsageError(f"{folder}: there are no results in it\n  Name the folder that `grader grade` wrote.")


def read_record(folder: Path) -> Record:
    """The record of a results folder, to read from.

    Raises:
        UsageError: there is none, or it is not one that this grader knows.
    """
    return Record(folder)
