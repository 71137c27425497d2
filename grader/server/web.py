"""A process that answers requests."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
from typing import Any

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from uvicorn.protocols.http.h11_impl import H11Protocol

from grader.errors import UsageError
from grader.server.app import create_app
from grader.server.services import open_services
from grader.server.settings import Settings
from grader.server.store.database import THREADS

WAITING = 2048
"""Connections that wait while the processes that answer are begun again."""

KEPT_OPEN = 30
"""Seconds that an idle connection is kept open."""

FINISHING = 10
"""Seconds in which requests may be finished when the process is asked to end."""


HEAD = 30.0
"""Seconds in which a request has to say what it wants; who says it drop by drop holds a place of others."""

CONNECTIONS = 1 << 16
"""Descriptors that the process may have open, where the machine allows it; the usual 1,024 are soon taken."""


class Prompt(H11Protocol):
    """Closes a connection whose request is not there in time, to its last header."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._hurry: asyncio.TimerHandle | None = None
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; what has begun and is no whole request yet is waited for."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._hurry is None:
            self._hurry = self.loop.call_later(HEAD, self.transport.abort)

    def _stop(self) -> None:
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None


def bound(listen: str) -> socket.socket:
    """Return a socket that listens; it outlives the processes that answer.

    Args:
        listen: HOST:PORT.

    Returns:
        the socket.

    Raises:
        UsageError: nothing can listen there.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    try:
        number = int(port)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, number), family=family, backlog=WAITING)
    except (OSError, ValueError, OverflowError) as error:
        reason = getattr(error, "strerror", "") or "that is no HOST:PORT"
        raise UsageError(
            f"{listen}: nothing can listen there ({reason})\n  Name another address: --listen 127.0.0.1:8001"
        ) from None


def allow_connections() -> None:
    """Let this process have `CONNECTIONS` descriptors open, or as many as the machine allows it."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # a Mac has a lower limit than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(most, CONNECTIONS)), most))


def answer(settings: Settings, listener: socket.socket) -> None:
    """Answer requests until SIGTERM.

    Args:
        settings: the settings of the service.
        listener: the socket that listens.
    """
    allow_connections()
    config = uvicorn.Config(
        create_app(open_services(settings)),
        http=Prompt,
        ws="none",
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=FINISHING,
        proxy_headers=False,  # nothing depends on who the proxy says that it is
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_answer(uvicorn.Server(config), listener))


async def _answer(server: uvicorn.Server, listener: socket.socket) -> None:
    current_default_thread_limiter().total_tokens = THREADS
    await server.serve(sockets=[listener])
