"""Verify JSON Web Tokens of others by their published keys, and sign our own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from grader.errors import SignInError

Claims = Mapping[str, Any]
"""What a token says: plain JSON, checked where it is read."""

ALGORITHMS = ("RS256", "ES256")
"""Only signatures with a private key. `none`, and any that a public key could make, are refused."""
LEEWAY = 60
"""Seconds by which clocks may differ."""
LONGEST = 600
"""Seconds after its issue for which a token is accepted, however late it says that it expires."""
KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who issued it, for whom, and the nonce that was sent for it."""

    issuer: str
    audience: str
    nonce: str


def verify(token: str, keys: KeySet, expected: Expected, now: float) -> Claims:
    """Return the claims of a token that was issued for us, recently, in answer to our request.

    Args:
        token: the token, as it was received.
        keys: the keys of its issuer.
        expected: what it must say.
        now: the time, in seconds since 1970.

    Returns:
        the claims.

    Raises:
        SignInError: it is not accepted; the text says why.
    """
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        _registry(expected, now).validate(claims)
    except (JoseError, ValueError) as problem:
        raise SignInError(f"The sign-in is not accepted: {_reason(problem)}") from problem
    if now - claims["iat"] > LONGEST + LEEWAY:
        raise SignInError("The sign-in is not accepted: it was issued too long ago.")
    if claims.get("azp", expected.audience) != expected.audience:
        raise SignInError("The sign-in is not accepted: it was issued for another service (azp).")
    return claims


def _registry(expected: Expected, now: float) -> jwt.JWTClaimsRegistry:
    """Return what checks the claims that every sign-in has."""
    return jwt.JWTClaimsRegistry(
        now=int(now),
        leeway=LEEWAY,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.audience},
        nonce={"essential": True, "value": expected.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _reason(problem: Exception) -> str:
    """Return what is wrong with a token, in one sentence."""
    known = {
        "bad_signature": "its signature is wrong.",
        "expired_token": "it has expired.",
        "invalid_key_id": "it is signed with a key that its issuer does not publish.",
    }
    return known.get(getattr(problem, "error", ""), f"{problem}".rstrip(".") + ".")


def key_set(published: object) -> KeySet:
    """Read a published JSON Web Key Set.

    Args:
        published: the decoded JSON.

    Returns:
        the keys.

    Raises:
        SignInError: it is no key set.
    """
    try:
        return KeySet.import_key_set(published)  # type: ignore[arg-type]  # what it is not, is found here
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise SignInError("The keys that the issuer publishes cannot be read.") from problem


def new_key() -> str:
    """Make a private key of our own, as PEM."""
    return RSAKey.generate_key(KEY_BITS).as_pem(private=True).decode()


def public_keys(pem: str) -> dict[str, object]:
    """Return the key set that we publish for our own private key.

    Args:
        pem: the private key.

    Returns:
        the key set as JSON: public parts only.
    """
    key = _own(pem)
    public = key.as_dict(private=False)
    return {"keys": [{**public, "use": "sig", "alg": "RS256", "kid": key.thumbprint()}]}


def sign(claims: Claims, pem: str, now: float, seconds: int = 300) -> str:
    """Sign claims with our own key, for a few minutes and once.

    Args:
        claims: what to say.
        pem: the private key.
        now: the time, in seconds since 1970.
        seconds: for how long it is valid.

    Returns:
        the token.
    """
    key = _own(pem)
    times = {"iat": int(now), "exp": int(now) + seconds, "jti": secrets.token_urlsafe(16)}
    return jwt.encode({"alg": "RS256", "kid": key.thumbprint()}, {**claims, **times}, key)


@lru_cache(maxsize=4)
def _own(pem: str) -> RSAKey:
    """Read our own private key; to read one takes as long as fifty signatures."""
    return RSAKey.import_key(pem)
