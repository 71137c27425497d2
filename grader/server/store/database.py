"""The database of a service: SQLite or PostgreSQL, by SQLAlchemy; transactions that survive a kill."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sql

from grader.errors import RefusedError

Connection = sql.Connection
"""A transaction, for the rooms that hand one on."""

PATIENCE = 20.0
"""Seconds to wait for another process that writes."""

THREADS = 4
"""Threads of a process that ask the database at once; more only take the processor from each other.

So many connections are kept open. Whoever asks from more threads is given more.
"""

SOON = 5
"""Seconds after which to ask again when the database is away."""

GONE = "The database of this service is away; what was acknowledged is kept.\n  Try again soon."
FULL = "There is no room on the disk of this service; this was not stored.\n  Tell your instructor."
_BUSY = frozenset(
    {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PROTOCOL", "SQLITE_READONLY"}
)
"""What SQLite says when it cannot be reached, by the first two words; its other errors are faults of ours."""
_NO_ROOM = ("disk is full", "No space left", "could not extend file", "disk I/O error")


@dataclass(frozen=True)
class Database:
    """The database of a service. Threads and forked processes of one service may share one address.

    Everything that is asked of it is a function of the modules beside this one, which takes a connection:
    one of `reading` or `writing`, so that what belongs together is one transaction.
    """

    engine: sql.Engine
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """Yield a connection; what is read with it is of one moment.

        Raises:
            RefusedError: the database cannot be reached.
        """
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """Yield a connection; all that is written with it is there after the block, or nothing of it.

        Raises:
            RefusedError: the database cannot be reached, or its disk is full.
        """
        with self._alone(), self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def moment(self) -> Iterator[sql.Connection]:
        """Yield a connection with which all is read as it is now, however long that takes.

        Raises:
            RefusedError: the database cannot be reached.
        """
        engine = self.engine
        if engine.dialect.name != "sqlite":  # whose transactions are so
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            yield connection

    def _alone(self) -> AbstractContextManager[Any]:
        """Return a lock where one writes at a time: threads that queue wait less than those that poll."""
        return self._turn if self.engine.dialect.name == "sqlite" else nullcontext()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at an SQLAlchemy URL; it must have its tables, see `migrate`.

    Args:
        url: `sqlite:///FILE` or `postgresql+psycopg://USER@HOST/NAME`.

    Returns:
        the database.
    """
    place = sql.make_url(url)
    if place.drivername in {"postgresql", "postgres"}:
        place = place.set(drivername="postgresql+psycopg")
    if place.get_backend_name() == "sqlite":
        engine = sql.create_engine(
            place, pool_size=THREADS, max_overflow=-1, connect_args={"timeout": PATIENCE}
        )
        sql.event.listen(engine, "connect", _prepare_sqlite)
        sql.event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = sql.create_engine(
            place,
            pool_size=THREADS,
            max_overflow=-1,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args={"connect_timeout": 5},
        )
    sql.event.listen(engine, "handle_error", _in_our_words)
    return Database(engine)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Let a commit survive a power cut, and readers go on while one process writes."""
    connection.isolation_level = None  # `_begin_sqlite` begins
    for statement in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {statement}")


def _begin_sqlite(connection: sql.Connection) -> None:
    """Begin; who will write waits for its turn now, where waiting is still possible."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _in_our_words(context: sql.ExceptionContext) -> RefusedError | None:
    """Translate a lost database and a full disk; what else fails is a fault of ours, or a broken rule."""
    error = context.original_exception
    if not isinstance(error, Exception):  # whoever is asked to end in the middle of a statement has to
        return None
    text = str(error)
    if any(words in text for words in _NO_ROOM):
        return RefusedError(507, FULL, retry_after=60)
    said = getattr(error, "sqlite_errorname", "")
    is_away = isinstance(context.sqlalchemy_exception, sql.exc.OperationalError) and (
        not said or "_".join(said.split("_")[:2]) in _BUSY
    )
    return RefusedError(503, GONE, retry_after=SOON) if context.is_disconnect or is_away else None
