"""Sign people in at their university by OpenID Connect: the code flow with PKCE.

Its messages are in https://openid.net/specs/openid-connect-core-1_0.html; roles come from our own roster.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx2

from grader.errors import PlatformError, SignInError
from grader.server.identity.key_sets import KeySets
from grader.server.identity.web_tokens import Expected, verify
from grader.server.web_calls import call, callable_url, get_object

WELL_KNOWN = "/.well-known/openid-configuration"
SCOPES = "openid profile email"


@dataclass(frozen=True, slots=True)
class Client:
    """How the service is registered at an identity provider.

    `claim` names what people are found by in the roster: `email`, or what the university calls a number.
    """

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "email"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where an identity provider answers, as it publishes itself."""

    authorization_url: str
    token_url: str
    keys_url: str


def discover(web: httpx2.Client, issuer: str) -> Provider:
    """Read what an identity provider publishes about itself.

    Args:
        web: what calls it.
        issuer: its address, from the settings.

    Returns:
        its addresses.

    Raises:
        PlatformError: it does not answer, is another one, or has an address that is not to be called.
    """
    published = get_object(web, issuer.rstrip("/") + WELL_KNOWN)
    if published.get("issuer") != issuer:
        raise PlatformError(
            f"{issuer} calls itself {str(published.get('issuer'))[:200]}\n  Write that in the settings."
        )
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    return Provider(*(callable_url(str(published.get(name, ""))) for name in names))


def authorization_url(
    provider: Provider, client: Client, back: str, state: str, nonce: str, verifier: str
) -> str:
    """Return the address at which somebody signs in.

    Args:
        provider: the identity provider.
        client: how the service is registered there.
        back: our address to which it sends people back.
        state: what it must send back beside the code.
        nonce: what the token must contain.
        verifier: the secret of which only a digest is sent now, and itself with the code.

    Returns:
        the address with its parameters.
    """
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    parameters = {
        "response_type": "code",
        "scope": SCOPES,
        "client_id": client.client_id,
        "redirect_uri": back,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in provider.authorization_url else "?"
    return provider.authorization_url + joint + urlencode(parameters)


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who came back from the identity provider: the code, and what was sent out with them."""

    code: str
    back: str
    nonce: str
    verifier: str


def signed_in(
    web: httpx2.Client, keys: KeySets, provider: Provider, client: Client, returned: Return, now: float
) -> str:
    """Return by what somebody who signed in is found in the roster.

    Args:
        web: what calls the identity provider.
        keys: its keys.
        provider: the identity provider.
        client: how the service is registered there.
        returned: what came back.
        now: the time, in seconds since 1970.

    Returns:
        the value of the claim that identifies people.

    Raises:
        SignInError: the code, the token or what it says is not accepted.
        PlatformError: the identity provider does not answer.
    """
    form = {
        "grant_type": "authorization_code",
        "code": returned.code,
        "redirect_uri": returned.back,
        "code_verifier": returned.verifier,
    }
    secret = httpx2.BasicAuth(quote(client.client_id, safe=""), quote(client.client_secret, safe=""))
    answer = call(web, "POST", provider.token_url, data=form, auth=secret)
    token = answer.json.get("id_token") if isinstance(answer.json, dict) else None
    if not answer.good or not isinstance(token, str):
        raise SignInError("The sign-in has ended. Begin again.")
    expected = Expected(client.issuer, client.client_id, returned.nonce)
    claims = verify(token, keys.of(provider.keys_url, token, now), expected, now)
    return _value(claims.get(client.claim), client.claim, claims.get("email_verified", True))


def _value(value: object, claim: str, verified: object) -> str:
    """Return the value of the claim that identifies people, if it can be relied upon."""
    if not isinstance(value, str) or not value.strip():
        raise SignInError(f"Your university does not say your {claim} to this service.")
    if claim == "email" and verified is not True:
        raise SignInError("Your university has not verified your e-mail address.")
    return value.strip()
