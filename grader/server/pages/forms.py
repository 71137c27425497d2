"""Read the fields of a form, and no more of it than a person would type."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from grader.errors import RefusedError

MOST = 64 << 10
"""Bytes of a form without a file."""

FIELDS = 20


async def fields_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a form without a file.

    Args:
        request: the form.

    Returns:
        texts by the names of the fields; of several of one name the last.

    Raises:
        RefusedError: it is too large, is no form, or the connection was cut.
    """
    content = b""
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST:
                raise RefusedError(
                    413, "This is more than a form may have.\n  Write less, and send it again."
                )
    except ClientDisconnect:
        raise RefusedError(400, "The connection was cut; nothing was changed.\n  Send it again.") from None
    try:
        pairs = parse_qsl(content.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise RefusedError(
            400, "This is not a form of this service.\n  Load its page again, and repeat it."
        ) from None
    return dict(pairs)
