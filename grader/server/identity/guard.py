"""The one way to add a route: it says who may use it, and everybody else is told that there is nothing."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from grader.server.identity import csrf
from grader.server.identity.forms import with_form
from grader.server.store.people import Person, Role

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]

EVERYBODY: frozenset[Role] = frozenset()
"""Those who are not known, too: the ways in."""

STUDENT: frozenset[Role] = frozenset({"student"})
STAFF: frozenset[Role] = frozenset({"assistant", "instructor"})
INSTRUCTOR: frozenset[Role] = frozenset({"instructor"})
ANYBODY: frozenset[Role] = STUDENT | STAFF
"""Whoever is known."""

SAFE = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""


class Sends(Enum):
    """What a request that changes something has, and so what shows that its sender meant it."""

    FORM = (
        "a small form of a page of ours; the guard reads it into `request.state.form`, and checks its token"
    )
    FILE = "a form with a file, which the endpoint reads; it calls `csrf.check_token` with the fields"
    MESSAGE = (
        "what proves itself by what is in it: a token in a header, or a signature. Cookies count for nothing"
    )


class Guarded(Route):
    """A route, who may use it, and what is sent to it; see `guarded`."""

    def __init__(self, path: str, endpoint: Any, who: frozenset[Role], sends: Sends, **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.who = who
        self.sends = sends


def guarded(
    path: str, endpoint: Endpoint, who: frozenset[Role], methods: Sequence[str] = ("GET",), name: str = "",
    sends: Sends = Sends.FORM,
) -> Guarded:  # fmt: skip
    """Return a route that only some roles may use.

    Args:
        path: its address.
        endpoint: what answers; a plain function runs in a thread, an `async` one in the event loop.
        who: the roles.
        methods: the methods.
        name: its name; by default that of the function.
        sends: what a request that changes something has.

    Returns:
        the route.
    """

    @functools.wraps(endpoint)
    async def checked(request: Request) -> Response:
        request.state.route = path
        if request.state.away:
            raise request.state.away
        if who:
            if not signed_in(request) or person_of(request).role not in who:
                raise HTTPException(404)
            request.state.limit()
        if request.method not in SAFE and sends is not Sends.MESSAGE:
            request = await _meant(request, sends)
        if inspect.iscoroutinefunction(endpoint):
            answer: Response = await endpoint(request)
            return answer
        return await run_in_threadpool(endpoint, request)  # type: ignore[arg-type]  # it is a plain function

    called = name or getattr(endpoint, "__name__", path)
    return Guarded(path, checked, who, sends, methods=[*methods], name=called)


async def _meant(request: Request, sends: Sends) -> Request:
    """Refuse what its sender did not mean to send; return the request, with its form if that is small."""
    csrf.check_origin(request)
    if sends is Sends.FORM:
        request = await with_form(request)
        csrf.check_token(request, request.state.form)
    return request


def signed_in(request: Request) -> bool:
    """Return whether it is known who asks."""
    return getattr(request.state, "person", None) is not None


def person_of(request: Request) -> Person:
    """Return who asks; in a guarded route there is somebody."""
    person = request.state.person
    assert isinstance(person, Person)  # noqa: S101  # the guard let nobody else in
    return person
