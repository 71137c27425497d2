"""Read the form of a request, which is small."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import ClientDisconnect, Request

from grader.errors import RefusedError

LARGEST = 1 << 20
MOST_FIELDS = 1000

Form = ImmutableMultiDict[str, str]


async def read_form(request: Request) -> Form:
    """Return the fields of a form without files.

    Args:
        request: the request.

    Returns:
        the fields; none of a request without a body.

    Raises:
        RefusedError: it is too large, has too many fields, or is no such form.
    """
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise RefusedError(413, "This form is too large.\n  Write less.")
    except ClientDisconnect:
        raise RefusedError(400, "The connection was cut.\n  Send it again.") from None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != "application/x-www-form-urlencoded":
        raise RefusedError(415, "This address takes a form of its page, and nothing else.")
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise RefusedError(400, "This is not a form.\n  Load its page again, and repeat it.") from None
    return ImmutableMultiDict(pairs)
