"""Keep in a browser, signed and for ten minutes, what was sent out with it to a sign-in page.

Who comes back must bring the `state`, in the same browser, and the token must contain the `nonce`. Nobody can
set the cookie in the browser of another, so nobody is signed in as somebody else by following a link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from typing import Literal

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from grader.errors import SignInError

SECONDS = 600
Crossing = Literal["lax", "none"]
_SALT = "grader.handshake"


@dataclass(frozen=True, slots=True)
class Handshake:
    """What was sent out: to whom, with which state, nonce and PKCE verifier, and when."""

    to: str
    state: str
    nonce: str
    verifier: str
    at: float


def begun(to: str, at: float) -> Handshake:
    """Return new secrets for one sign-in.

    Args:
        to: who is asked: an issuer with the client id.
        at: the time, in seconds since 1970.

    Returns:
        the handshake.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Handshake(to, state, nonce, verifier, at)


def cookie_name(state: str) -> str:
    """Return the name of the cookie for one state: several tabs may sign in at a time.

    Args:
        state: the state that was sent out.

    Returns:
        the name, which tells nothing of the state.
    """
    return "grader_handshake_" + hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:16]


def sealed(handshake: Handshake, secret: str) -> str:
    """Return what the cookie contains.

    Args:
        handshake: what was sent out.
        secret: the secret of the service.

    Returns:
        the signed value.
    """
    return URLSafeSerializer(secret, _SALT).dumps(asdict(handshake))


def opened(cookie: str | None, state: str, secret: str, now: float) -> Handshake:
    """Return what was sent out with this browser.

    Args:
        cookie: what the browser brings, None if it brings nothing.
        state: the state that came back.
        secret: the secret of the service.
        now: the time, in seconds since 1970.

    Returns:
        the handshake.

    Raises:
        SignInError: it was not this browser, not this state, or too long ago.
    """
    refused = SignInError(
        "The sign-in did not begin in this browser, or more than ten minutes ago. Begin again;\n"
        "  if it was in a frame of another page, open it in a window of its own."
    )
    try:
        found = Handshake(**URLSafeSerializer(secret, _SALT).loads(cookie or ""))
    except (BadSignature, TypeError) as problem:
        raise refused from problem
    if not hmac.compare_digest(found.state.encode(), state.encode("utf-8", "replace")) or (
        not 0 <= now - found.at <= SECONDS
    ):
        raise refused
    return found


def give(
    answer: Response, sent: Handshake, secret: str, path: str, *, secure: bool, crossing: Crossing
) -> None:
    """Let a browser keep what was sent out with it.

    Args:
        answer: what sends it out.
        sent: what was sent out.
        secret: the secret of the service.
        path: the address to which it comes back, and where alone it brings the cookie.
        secure: whether the cookie is for HTTPS only.
        crossing: `lax` if it comes back by a link, `none` if by a form of another site, which needs HTTPS.
    """
    answer.set_cookie(
        cookie_name(sent.state),
        sealed(sent, secret),
        max_age=SECONDS,
        path=path,
        secure=secure,
        httponly=True,
        samesite=crossing,
    )


def taken(request: Request, state: str, secret: str, now: float) -> Handshake:
    """Return what was sent out with the browser that comes back.

    Args:
        request: how it comes back.
        state: the state that it brings.
        secret: the secret of the service.
        now: the time, in seconds since 1970.

    Returns:
        the handshake.

    Raises:
        SignInError: it was not this browser, not this state, or too long ago.
    """
    return opened(request.cookies.get(cookie_name(state)), state, secret, now)


def drop(answer: Response, sent: Handshake, path: str) -> None:
    """Let a browser forget what was sent out with it.

    Args:
        answer: what it gets.
        sent: what was sent out.
        path: the address for which it keeps it.
    """
    answer.delete_cookie(cookie_name(sent.state), path=path, httponly=True)
