"""What a results folder remembers of its submissions: SQLite, by SQLAlchemy.

A submission is in it whole or not at all, whenever the process that grades is killed.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from grader.errors import UsageError
from grader.model import Report
from grader.report.results import Header
from grader.report.whole import unpack

SCHEMA = 1
NAME = "results.db"
AT_A_TIME = 100

_METADATA = sql.MetaData()
_GRADING = sql.Table(
    "grading",
    _METADATA,
    sql.Column("header", sql.LargeBinary, nullable=False),
    sql.Column("order", sql.LargeBinary, nullable=False),  # what `begin` was given, to grade again by
)
_SUBMISSIONS = sql.Table(
    "submissions",
    _METADATA,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("position", sql.Integer, index=True),  # null when it is not in results.json
    sql.Column("path", sql.Text, nullable=False),
    sql.Column("member", sql.Text),
    sql.Column("sha256", sql.Text, nullable=False),
    sql.Column("made_by", sql.Text, nullable=False),
    sql.Column("report", sql.LargeBinary, nullable=False),
    sql.Column("entry", sql.LargeBinary, nullable=False),
)


class Row(NamedTuple):
    """One graded submission: where it came from, what graded it, its report, its part of results.json."""

    id: str
    position: int
    path: str
    member: str | None
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
        self._engine = sql.create_engine(f"sqlite:///{self.path}")
        if create:
            sql.event.listen(self._engine, "connect", _settle)
        with _told(self.path):
            self._connection = self._engine.connect()
            self._check_schema(create)

    def _check_schema(self, create: bool) -> None:
        found = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if found == 0 and create:
            _METADATA.create_all(self._connection)
            self._connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            self._connection.commit()
        elif found != SCHEMA:
            self.close()
            raise UsageError(
                f"{self.path}: it has schema {found}; this grader knows schema {SCHEMA}\n"
                "  Use the grader that wrote it, or another folder."
            )

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
            UsageError: nothing was ever graded into the folder.
        """
        return msgspec.json.decode(self._begun().header, type=Header)

    @property
    def order(self) -> bytes:
        """What `begin` was told of how the submissions are graded.

        Raises:
            UsageError: nothing was ever graded into the folder.
        """
        order: bytes = self._begun().order
        return order

    def _begun(self) -> sql.Row[tuple[Any, ...]]:
        row = self._connection.execute(sql.select(_GRADING)).one_or_none()
        if row is None:
            raise _empty(self.path.parent)
        return row

    def reports(self) -> Iterator[Report]:
        """The reports in results.json, in its order, a few at a time in memory."""
        return (unpack(row.report) for row in self._in_order(_SUBMISSIONS.c.report))

    def entries(self) -> Iterator[bytes]:
        """The parts of results.json, in order."""
        return (row.entry for row in self._in_order(_SUBMISSIONS.c.entry))

    def places(self) -> Iterator[tuple[str, Path, str | None]]:
        """The id, the path and the name in a zip of each submission, in order."""
        columns = (_SUBMISSIONS.c.id, _SUBMISSIONS.c.path, _SUBMISSIONS.c.member)
        return ((row.id, Path(row.path), row.member) for row in self._in_order(*columns))

    def _in_order(self, *columns: sql.Column[Any]) -> Iterator[Any]:
        wanted = sql.select(*columns).where(_SUBMISSIONS.c.position.is_not(None))
        ordered = wanted.order_by(_SUBMISSIONS.c.position).execution_options(yield_per=AT_A_TIME)
        return iter(self._connection.execute(ordered))

    def graded(self) -> dict[tuple[str, str], str]:
        """The digest of the file of each submission, by its id and by what made its report."""
        columns = (_SUBMISSIONS.c.id, _SUBMISSIONS.c.made_by, _SUBMISSIONS.c.sha256)
        return {(row.id, row.made_by): row.sha256 for row in self._connection.execute(sql.select(*columns))}

    # ------------------------------------------------------------ writing

    def begin(self, header: Header, order: bytes) -> None:
        """Start a new results.json. What was graded before is kept, out of it.

        Raises:
            UsageError: the folder has the results of another assignment.
        """
        with _told(self.path):
            found = self._connection.execute(sql.select(_GRADING.c.header)).scalar_one_or_none()
            if found is not None:
                self._check_assignment(msgspec.json.decode(found, type=Header).assignment, header.assignment)
            self._connection.execute(sql.delete(_GRADING))
            self._connection.execute(
                sql.insert(_GRADING).values(header=msgspec.json.encode(header), order=order)
            )
            self._connection.execute(sql.update(_SUBMISSIONS).values(position=None))
            self._connection.commit()

    def _check_assignment(self, found: str, wanted: str) -> None:
        if found != wanted:
            raise UsageError(
                f"{self.path.parent}: it has the results of {found}, not of {wanted}\n"
                "  Choose another folder with --out."
            )

    def keep(self, id: str, position: int) -> None:  # noqa: A002  # what it is called in results.json
        """Take a submission that was graded before into results.json."""
        self._connection.execute(
            sql.update(_SUBMISSIONS).where(_SUBMISSIONS.c.id == id).values(position=position)
        )

    def add(self, rows: Sequence[Row]) -> None:
        """Take in graded submissions, and make this and all that was kept last.

        Raises:
            UsageError: the disk is full.
        """
        with _told(self.path):
            if rows:
                added = insert(_SUBMISSIONS)
                replaced = {name: added.excluded[name] for name in Row._fields if name != "id"}
                self._connection.execute(
                    added.on_conflict_do_update(index_elements=["id"], set_=replaced),
                    [row._asdict() for row in rows],
                )
            self._connection.commit()


def _empty(folder: Path) -> UsageError:
    return UsageError(f"{folder}: there are no results in it\n  Name the folder that `grader grade` wrote.")


def _settle(connection: sqlite3.Connection, _: object) -> None:
    """One process writes. A commit outlives its process; that it outlives the machine is worth no waiting."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA synchronous = NORMAL")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what is wrong with the file in a sentence of our own."""
    try:
        yield
    except sql.exc.DatabaseError as error:
        reason = str(error.orig)
        advice = (
            "Wait for the other `grader`, or choose another folder with --out."
            if "locked" in reason
            else "Make room, or choose another folder with --out. What was graded before is kept."
        )
        raise UsageError(f"{path}: {reason}\n  {advice}") from None


def read_record(folder: Path) -> Record:
    """The record of a results folder, to read from.

    Raises:
        UsageError: there is none, or it is not one that this grader knows.
    """
    return Record(folder)
