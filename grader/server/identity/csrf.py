"""Tell forms of our own pages from requests that another site makes a browser send.

Three things must hold for whoever is known by a cookie: the cookie came at all (`SameSite=Lax` keeps it at
home), the browser says that the request is from our own origin, and the form has the token of our page.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request

FIELD = "csrf"
HEADER = "x-csrf-token"


def token(session: str, secret: str) -> str:
    """Return the token of the forms of one session.

    Args:
        session: the text in its cookie.
        secret: the secret of the service.

    Returns:
        the token, from which the session cannot be found.
    """
    return hmac.new(secret.encode(), b"csrf " + session.encode(), hashlib.sha256).hexdigest()


def hidden_field(request: Request) -> Markup:
    """Return the field that every form of our pages must have.

    Args:
        request: what the page answers.

    Returns:
        the field as HTML.
    """
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, request.state.csrf)


def check_origin(request: Request) -> None:
    """Refuse a request that another site made a browser send.

    Args:
        request: the request.

    Raises:
        HTTPException: 403; it is not from our own origin, or the browser does not say.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site == "same-origin"
    else:  # a browser from before 2023
        ours = urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", " ")
    if not ours:
        raise HTTPException(403)


def check_token(request: Request, fields: Mapping[str, object]) -> None:
    """Refuse a form that no page of ours made for this session; where no cookie is read, none can be misused.

    Args:
        request: the request; a script may send the token in a header.
        fields: the fields of the form.

    Raises:
        HTTPException: 403; the token is missing, or of another session.
    """
    expected = getattr(request.state, "csrf", None)
    if expected is None:
        return
    said = request.headers.get(HEADER) or fields.get(FIELD)
    if not isinstance(said, str) or not hmac.compare_digest(
        said.encode("utf-8", "replace"), expected.encode()
    ):
        raise HTTPException(403)
