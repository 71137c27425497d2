"""The process that answers requests."""

from __future__ import annotations

import socket

import uvicorn

from grader.errors import UsageError
from grader.server.app import create_app
from grader.server.services import open_services
from grader.server.settings import Settings

WAITING = 2048
"""Connections that wait while the process that answers is begun again."""

KEPT_OPEN = 30
"""Seconds that an idle connection is kept open."""

FINISHING = 10
"""Seconds in which requests may be finished when the process is asked to end."""


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


def answer(settings: Settings, listener: socket.socket) -> None:
    """Answer requests until SIGTERM.

    Args:
        settings: the settings of the service.
        listener: the socket that listens.
    """
    config = uvicorn.Config(
        create_app(open_services(settings)),
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=FINISHING,
        proxy_headers=False,  # nothing depends on who the proxy says that it is
    )
    uvicorn.Server(config).run(sockets=[listener])
