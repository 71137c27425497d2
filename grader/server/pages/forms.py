"""Read the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request


async def fields_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a form without a file, which the guard has read and checked.

    Args:
        request: the form.

    Returns:
        texts by the names of the fields; of several of one name the last.
    """
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
