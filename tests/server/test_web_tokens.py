"""Tokens of others are accepted only if all of what they say is right."""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from grader.errors import SignInError
from grader.server.identity.web_tokens import Expected, key_set, new_key, public_keys, sign, verify

NOW = float(int(time.time()))
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
PUBLISHED = KeySet.import_key_set({"keys": [{**KEY.as_dict(private=False), "kid": "one"}]})
EXPECTED = Expected("https://lms.example", "client-1", "nonce-1")
GOOD = {
    "iss": "https://lms.example",
    "aud": "client-1",
    "nonce": "nonce-1",
    "sub": "ada",
    "iat": NOW,
    "exp": NOW + 300,
}


def signed(claims: dict[str, Any], key: RSAKey = KEY, **header: str) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", **header}, claims, key)


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_a_token_that_says_what_it_must_is_read():
    assert verify(signed(GOOD), PUBLISHED, EXPECTED, NOW)["sub"] == "ada"


def test_a_token_for_several_services_is_read_if_it_was_made_for_us():
    several = {**GOOD, "aud": ["other", "client-1"], "azp": "client-1"}
    assert verify(signed(several), PUBLISHED, EXPECTED, NOW)["sub"] == "ada"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({**GOOD, "iss": "https://evil.example"}, id="of another issuer"),
        pytest.param({**GOOD, "iss": ["https://lms.example"]}, id="its issuer is a list"),
        pytest.param({**GOOD, "aud": "client-2"}, id="for another service"),
        pytest.param({**GOOD, "aud": []}, id="for nobody"),
        pytest.param(
            {**GOOD, "aud": ["client-1", "client-2"], "azp": "client-2"}, id="made for another service"
        ),
        pytest.param({**GOOD, "nonce": "nonce-2"}, id="of another sign-in"),
        pytest.param({**GOOD, "nonce": ""}, id="its nonce is empty"),
        pytest.param({**GOOD, "exp": NOW - 61}, id="expired"),
        pytest.param({**GOOD, "exp": "never"}, id="its end is a text"),
        pytest.param({**GOOD, "iat": NOW + 120}, id="of the future"),
        pytest.param({**GOOD, "iat": NOW - 700, "exp": NOW + 9e9}, id="old, and valid for ever"),
        pytest.param({**GOOD, "nbf": NOW + 120}, id="not valid yet"),
        pytest.param(without("iss"), id="without issuer"),
        pytest.param(without("aud"), id="without audience"),
        pytest.param(without("nonce"), id="without nonce"),
        pytest.param(without("sub"), id="about nobody"),
        pytest.param(without("exp"), id="without an end"),
        pytest.param(without("iat"), id="without a beginning"),
    ],
)
def test_a_token_that_says_anything_else_is_refused(claims):
    with pytest.raises(SignInError, match="not accepted"):
        verify(signed(claims), PUBLISHED, EXPECTED, NOW)


def encoded(part: bytes | dict[str, Any]) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned() -> str:
    return f"{encoded({'alg': 'none', 'kid': 'one'})}.{encoded(GOOD)}."


def by_public_key() -> str:
    said = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(GOOD)}"
    return f"{said}.{encoded(hmac.digest(KEY.as_pem(private=False), said.encode(), 'sha256'))}"


def with_own_key() -> str:
    header = {"alg": "RS256", "jwk": OTHER.as_dict(private=False)}
    return jwt.encode(header, GOOD, OTHER)


def altered() -> str:
    head, _, tail = signed(GOOD).split(".")
    return f"{head}.{encoded({**GOOD, 'sub': 'eve'})}.{tail}"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(unsigned(), id="not signed at all"),
        pytest.param(by_public_key(), id="signed with the public key as a shared secret"),
        pytest.param(signed(GOOD, OTHER), id="signed with another key of the same name"),
        pytest.param(signed(GOOD, OTHER, kid="two"), id="signed with a key that nobody published"),
        pytest.param(with_own_key(), id="brings its own key"),
        pytest.param(altered(), id="altered"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="no token"),
        pytest.param("." * 400_000, id="long"),
        pytest.param(signed(GOOD)[:-4], id="cut"),
    ],
)
def test_a_token_that_its_issuer_did_not_sign_is_refused(token):
    with pytest.raises(SignInError, match="not accepted"):
        verify(token, PUBLISHED, EXPECTED, NOW)


@pytest.mark.parametrize(
    "published", [None, [], {}, {"keys": []}, {"keys": ["x"]}, {"keys": [{"kty": "RSA"}]}]
)
def test_what_is_no_key_set_is_refused(published):
    with pytest.raises(SignInError, match="keys"):
        key_set(published)


def test_our_own_signature_is_verified_by_the_keys_that_we_publish():
    pem = new_key()
    published = key_set(public_keys(pem))
    assert jwt.decode(sign({"iss": "us"}, pem, NOW), published).claims["iss"] == "us"


def test_what_we_publish_has_no_private_part():
    (key,) = public_keys(new_key())["keys"]
    assert set(key) == {"kty", "n", "e", "use", "alg", "kid"}
