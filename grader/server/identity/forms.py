"""Read the form of a request, which is small and has no files."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from grader.errors import RefusedError

LARGEST = 1 << 20
MOST_FIELDS = 1000


async def with_form(request: Request) -> Request:
    """Return a request with its form in `request.state.form`, and in `await request.form()`.

    Args:
        request: the request as it comes.

    Returns:
        the request to go on with.

    Raises:
        RefusedError: the form is too large, has files, or was cut.
    """
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > LARGEST:
            raise RefusedError(413, "This form is too large.\n  Write less.")
        return message

    read = Request(request.scope, limited)
    try:
        read.state.form = await read.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LARGEST)
    except ClientDisconnect:
        raise RefusedError(400, "The connection was cut.\n  Send it again.") from None
    return read
