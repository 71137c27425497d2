"""Signing in at a university, against a provider that is not of our writing: `oidc-provider-mock`."""

from __future__ import annotations

import time
import warnings
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from grader.errors import PlatformError, SignInError
from grader.server.identity.handshakes import begun
from grader.server.identity.key_sets import KeySets
from grader.server.identity.openid import Client, Return, authorization_url, discover, signed_in
from grader.server.web_calls import client

ISSUER = "https://sso.uni.example"
BACK = "https://grader.example/openid/back"
OURS = Client(ISSUER, "grader", "s3cret:with/signs")


@pytest.fixture(scope="module")
def web():
    with warnings.catch_warnings():
        import authlib.deprecate  # noqa: F401  # it turns its own warnings on when it is imported

        warnings.simplefilter("ignore")  # the provider uses what is deprecated, and is not ours
        from oidc_provider_mock import User, app

        people = [
            User(sub="1", claims={"email": "ada@uni.example", "email_verified": True, "number": "12345"}),
            User(sub="2", claims={"email": "eve@uni.example", "email_verified": False}),
            User(sub="3", claims={}),
        ]
        with client(Posted(httpx2.WSGITransport(app(require_nonce=True, user_claims=people)))) as found:
            yield found


class Posted(httpx2.BaseTransport):
    """Carries requests to the provider as its web server would, behind https."""

    def __init__(self, inner: httpx2.WSGITransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.inner.handle_request(request)


@pytest.fixture(scope="module")
def provider(web):
    return discover(web, ISSUER)


def back(web, provider, sub: str, ours: Client = OURS) -> tuple[Return, str]:
    """Sign somebody in at the provider, and return what the browser brings back, with the state."""
    sent = begun(ISSUER, time.time())
    url = authorization_url(provider, ours, BACK, sent.state, sent.nonce, sent.verifier)
    form = web.post(url, data={"sub": sub})
    brought = dict(parse_qsl(urlsplit(form.headers["location"]).query))
    assert brought["state"] == sent.state
    return Return(brought["code"], BACK, sent.nonce, sent.verifier), sent.state


def finish(web, provider, returned: Return, ours: Client = OURS) -> str:
    return signed_in(web, KeySets(web), provider, ours, returned, time.time())


def test_somebody_is_known_by_their_e_mail_address(web, provider):
    returned, _ = back(web, provider, "1")
    assert finish(web, provider, returned) == "ada@uni.example"


def test_somebody_is_known_by_what_the_university_calls_a_number(web, provider):
    ours = Client(ISSUER, "grader", "s3cret", claim="number")
    returned, _ = back(web, provider, "1", ours)
    assert finish(web, provider, returned, ours) == "12345"


@pytest.mark.parametrize(("sub", "words"), [("2", "not verified"), ("3", "does not say your email")])
def test_an_address_that_nobody_vouches_for_is_refused(web, provider, sub, words):
    returned, _ = back(web, provider, sub)
    with pytest.raises(SignInError, match=words):
        finish(web, provider, returned)


def test_a_code_is_used_once(web, provider):
    returned, _ = back(web, provider, "1")
    finish(web, provider, returned)
    with pytest.raises(SignInError, match="Begin again"):
        finish(web, provider, returned)


def test_a_code_that_somebody_made_up_is_refused(web, provider):
    with pytest.raises(SignInError, match="Begin again"):
        finish(web, provider, Return("guess", BACK, "nonce", "verifier"))


def test_the_code_of_another_browser_is_refused(web, provider):
    stolen, _ = back(web, provider, "1")
    mine = begun(ISSUER, time.time())
    with pytest.raises(SignInError):
        finish(web, provider, Return(stolen.code, BACK, mine.nonce, stolen.verifier))


def test_a_provider_that_calls_itself_something_else_is_refused(web):
    with pytest.raises(PlatformError, match="calls itself"):
        discover(web, ISSUER + "/")


@pytest.mark.parametrize("address", ["", "http://sso.uni.example/token", "file:///etc/passwd"])
def test_a_provider_with_an_address_that_is_not_to_be_called_is_refused(address):
    said = {
        "issuer": ISSUER,
        "authorization_endpoint": ISSUER,
        "token_endpoint": address,
        "jwks_uri": ISSUER,
    }
    web = client(httpx2.MockTransport(lambda request: httpx2.Response(200, json=said)))
    with pytest.raises(PlatformError):
        discover(web, ISSUER)
