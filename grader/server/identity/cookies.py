"""Find out by its cookie who asks."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.server.services import Services
from grader.server.store import sessions
from grader.server.store.people import Person


def cookie_name(services: Services) -> str:
    """Return the name of the cookie; one for HTTPS alone is tied to its host by its name."""
    return "__Host-grader" if services.settings.secure else "grader"


class Recognise:
    """Middleware: sets `request.state.person` to who asks, None if nobody knows."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self.app = app
        self.services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Recognise who asks, and go on."""
        if scope["type"] == "http":
            text = HTTPConnection(scope).cookies.get(cookie_name(self.services), "")
            person = await run_in_threadpool(self._person, text) if text else None
            scope.setdefault("state", {})["person"] = person
        await self.app(scope, receive, send)

    def _person(self, text: str) -> Person | None:
        with self.services.database.reading() as connection:
            return sessions.person_of(connection, text, self.services.now())


def enter(services: Services, person: Person) -> Response:
    """Begin a session for somebody who proved who they are, and send them to their first page.

    Args:
        services: the service.
        person: who it is.

    Returns:
        a redirection with the cookie.
    """
    with services.database.writing() as connection:
        text = sessions.begin(connection, person, services.now())
    answer = RedirectResponse("/", 303)
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
