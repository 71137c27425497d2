"""Log requests without names: which route answered how and how fast, never an address, a person or a link."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("grader.server.requests")
NOTHING = "(no such address)"


class RequestLog:
    """Middleware: writes one line for each request.

    An address may have a link that lets somebody in, or what stands for a person, and a query what was typed.
    So the pattern of the route is written instead, as the guard noted it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and write the line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        state = scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            took = 1000 * (time.perf_counter() - began)
            method = scope["method"] if scope["method"].isalpha() else "?"
            LOG.info("%s %s %d %.1f ms", method[:10], state.get("route", NOTHING), status, took)
