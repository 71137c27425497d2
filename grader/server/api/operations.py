"""An operation of the JSON interface: its route, and what its document says of it, written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.errors import RefusedError
from grader.server.api.messages import Problem
from grader.server.identity.guard import EVERYBODY, Endpoint, Guarded, Sends, guarded
from grader.server.store.people import Role

M = TypeVar("M")
T = TypeVar("T")

PREFIX = "/api/v1"

LARGEST = 64 << 10
"""Bytes of a JSON message that is sent to us."""


class Parameter(NamedTuple):
    """A parameter of an address: of its path or its query."""

    name: str
    meaning: str
    inside: str = "query"
    schema: Mapping[str, Any] = {"type": "string"}


class Media(NamedTuple):
    """A body that is no message of ours: its media type, and the schema of its content."""

    type: str
    schema: Mapping[str, Any]


Body = Any
"""A type that msgspec describes, or a sequence of `Media`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: `answers` has by status what it answers if all is well; `refuses` are other statuses."""

    name: str
    method: str
    path: str
    who: frozenset[Role]
    does: str
    endpoint: Endpoint
    answers: Mapping[int, Body]
    refuses: Sequence[int] = ()
    parameters: Sequence[Parameter] = ()
    body: Body = None

    @property
    def route(self) -> Guarded:
        """Return its route, which the guard checks."""
        address = f"{PREFIX}{self.path}"
        return guarded(address, self.endpoint, self.who, [self.method], f"api_{self.name}", Sends.MESSAGE)

    @property
    def refused_with(self) -> Mapping[int, type[Problem]]:
        """Return what it answers when it refuses: always a problem."""
        always = [] if self.who == EVERYBODY else [401, 404, 503]
        return dict.fromkeys(sorted({*self.refuses, *always}), Problem)


def told(message: Any, status: int = 200) -> Response:
    """Return a response with a message, or a list of some."""
    return Response(msgspec.json.encode(message), status, media_type="application/json")


async def sent(request: Request, kind: type[M]) -> M:
    """Return the message that a request has.

    Args:
        request: the request.
        kind: what the message has to be.

    Returns:
        the message.

    Raises:
        RefusedError: it is too large, or no such message.
    """
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise RefusedError(413, "This message is too large.\n  Write less.")
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(
            422, f"This is no message as it is expected: {error}\n  See openapi.json."
        ) from None


def found(what: T | None) -> T:
    """Return what was looked for.

    Raises:
        HTTPException: there is nothing, or nothing for whoever asks.
    """
    if what is None:
        raise HTTPException(404)
    return what
