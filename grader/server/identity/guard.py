"""The one way to add a route: it says who may use it, and everybody else is told that there is nothing."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from grader.server.store.people import Person, Role

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]

EVERYBODY: frozenset[Role] = frozenset()
"""Those who are not known, too: the ways in."""

STUDENT: frozenset[Role] = frozenset({"student"})
STAFF: frozenset[Role] = frozenset({"assistant", "instructor"})
INSTRUCTOR: frozenset[Role] = frozenset({"instructor"})
ANYBODY: frozenset[Role] = STUDENT | STAFF
"""Whoever is known."""


class Guarded(Route):
    """A route and who may use it; see `guarded`."""

    def __init__(self, path: str, endpoint: Any, who: frozenset[Role], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.who = who


def guarded(
    path: str, endpoint: Endpoint, who: frozenset[Role], methods: Sequence[str] = ("GET",), name: str = ""
) -> Guarded:
    """Return a route that only some roles may use.

    Args:
        path: its address.
        endpoint: what answers; a plain function runs in a thread, an `async` one in the event loop.
        who: the roles.
        methods: the methods.
        name: its name; by default that of the function.

    Returns:
        the route.
    """

    @functools.wraps(endpoint)
    async def checked(request: Request) -> Response:
        if who and (not signed_in(request) or person_of(request).role not in who):
            raise HTTPException(404)
        if inspect.iscoroutinefunction(endpoint):
            answer: Response = await endpoint(request)
            return answer
        return await run_in_threadpool(endpoint, request)  # type: ignore[arg-type]  # it is a plain function

    called = name or getattr(endpoint, "__name__", path)
    return Guarded(path, checked, who, methods=[*methods], name=called)


def signed_in(request: Request) -> bool:
    """Return whether it is known who asks."""
    return getattr(request.state, "person", None) is not None


def person_of(request: Request) -> Person:
    """Return who asks; in a guarded route there is somebody."""
    person = request.state.person
    assert isinstance(person, Person)  # noqa: S101  # the guard let nobody else in
    return person
