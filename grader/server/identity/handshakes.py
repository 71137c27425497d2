"""Keep in a browser, signed and for ten minutes, what was sent out with it to a sign-in page.

Who comes back must bring the `state`, in the same browser, and the token must contain the `nonce`. Nobody can
set the cookie in the browser of another, so nobody is signed in as somebody else by following a link.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from grader.errors import SignInError

SECONDS = 600
_SALT = "grader.handshake"


@dataclass(frozen=True, slots=True)
class Handshake:
    """What was sent out: to whom, with which state, nonce and PKCE verifier, and for which page."""

    to: str
    state: str
    nonce: str
    verifier: str
    then: str = "/"


def begun(to: str, then: str = "/") -> Handshake:
    """Return new secrets for one sign-in.

    Args:
        to: who is asked: an issuer with the client id.
        then: our page to show afterwards.

    Returns:
        the handshake.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Handshake(to, state, nonce, verifier, then)


def cookie_name(state: str) -> str:
    """Return the name of the cookie for one state: several tabs may sign in at a time.

    Args:
        state: the state that was sent out.

    Returns:
        the name, which tells nothing of the state.
    """
    return "grader_handshake_" + hashlib.sha256(state.encode()).hexdigest()[:16]


def sealed(handshake: Handshake, secret: str) -> str:
    """Return what the cookie contains.

    Args:
        handshake: what was sent out.
        secret: the secret of the service.

    Returns:
        the signed value.
    """
    return URLSafeTimedSerializer(secret, _SALT).dumps(asdict(handshake))


def opened(cookie: str | None, state: str, secret: str) -> Handshake:
    """Return what was sent out with this browser.

    Args:
        cookie: what the browser brings, None if it brings nothing.
        state: the state that came back.
        secret: the secret of the service.

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
        found = Handshake(**URLSafeTimedSerializer(secret, _SALT).loads(cookie or "", max_age=SECONDS))
    except (BadSignature, TypeError, json.JSONDecodeError) as problem:
        raise refused from problem
    if not hmac.compare_digest(found.state.encode(), state.encode()):
        raise refused
    return found
