"""Read the form of a request, which is small and has no files."""

from __future__ import annotations

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from grader.errors import RefusedError

LARGEST = 64 << 10
"""Bytes of a form that a person types."""

LONGEST = 60.0
"""Seconds in which it has to be there; anybody may send the form of a launch."""


async def with_form(request: Request, most: int = LARGEST) -> Request:
    """Return a request with its form in `request.state.form`, and in `await request.form()`.

    Args:
        request: the request as it comes.
        most: the bytes that it may have.

    Returns:
        the request to go on with.

    Raises:
        RefusedError: the form is too large, too slow, has files, or was cut.
    """
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > most:
            raise RefusedError(413, "This is more than a form may have.\n  Write less, and send it again.")
        return message

    read = Request(request.scope, limited)
    try:
        with anyio.fail_after(LONGEST):
            read.state.form = await read.form(max_files=0, max_part_size=most)
    except (ClientDisconnect, TimeoutError):
        raise RefusedError(400, "The connection was cut.\n  Send it again.") from None
    return read
