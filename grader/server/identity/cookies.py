"""Find out who asks: by a cookie on pages, by a token in the interface."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.errors import RefusedError
from grader.server.identity import csrf
from grader.server.identity.limits import Limits
from grader.server.services import Services
from grader.server.store import sessions, tokens
from grader.server.store.people import Person

INTERFACE = "/api/"
"""Where programs ask, with a token. No cookie is read there, so no browser can be made to ask."""

LONGEST = 200
"""Characters of a cookie or a token; ours are shorter."""

_BEARER = re.compile(r"bearer +([!-~]{1,200})", re.IGNORECASE)


def cookie_name(services: Services) -> str:
    """Return the name of the cookie; one for HTTPS alone is tied to its host by its name."""
    return "__Host-grader" if services.settings.secure else "grader"


class Recognise:
    """Middleware: sets `request.state.person` to who asks, None if nobody knows.

    `csrf` beside it is the token that forms must have, `limit` counts the request against what a person may
    ask, and `away` is why nobody could be recognised.
    """

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self.app = app
        self.services = services
        self.limits = Limits(services.settings.requests_a_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Recognise who asks, and go on."""
        if scope["type"] == "http":
            await self._recognise(HTTPConnection(scope), scope.setdefault("state", {}))
        await self.app(scope, receive, send)

    async def _recognise(self, asked: HTTPConnection, state: dict[str, Any]) -> None:
        now = self.services.now()
        by: Callable[[str, datetime], Person | None] = self._by_cookie
        if asked.scope["path"].startswith(INTERFACE):
            said = _BEARER.fullmatch(asked.headers.get("authorization", ""))
            text, by = said[1] if said else "", self._by_token
        else:
            text = asked.cookies.get(cookie_name(self.services), "")[:LONGEST]
            state["csrf"] = csrf.token(text, self.services.settings.secret)
        state.update(person=None, away=None)
        if text:
            try:
                state["person"] = await run_in_threadpool(by, text, now)
            except RefusedError as error:  # the database is away, which the guard says in a page
                state["away"] = error
        if state["person"]:
            state["limit"] = partial(self.limits.check, state["person"].number, now)

    def _by_cookie(self, text: str, now: datetime) -> Person | None:
        with self.services.database.reading() as connection:
            return sessions.person_of(connection, text, now)

    def _by_token(self, text: str, now: datetime) -> Person | None:
        with self.services.database.reading() as connection:
            return tokens.person_of(connection, text, now)


def enter(services: Services, request: Request, person: Person, then: str = "/") -> Response:
    """Begin a session for somebody who proved who they are, and end the one before in this browser.

    Args:
        services: the service.
        request: what proved it.
        person: who it is.
        then: our page to show.

    Returns:
        a redirection with the cookie.
    """
    with services.database.writing() as connection:
        sessions.end(connection, request.cookies.get(cookie_name(services), ""))
        text = sessions.begin(connection, person, services.now())
    answer = RedirectResponse(then, 303)
    answer.set_cookie(
        cookie_name(services),
        text,
        max_age=int(sessions.LASTS.total_seconds()),
        secure=services.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def leave(services: Services, request: Request) -> Response:
    """End the session of a request.

    Args:
        services: the service.
        request: what asks for it.

    Returns:
        a redirection without the cookie.
    """
    with services.database.writing() as connection:
        sessions.end(connection, request.cookies.get(cookie_name(services), ""))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(cookie_name(services), secure=services.settings.secure, httponly=True)
    return answer
