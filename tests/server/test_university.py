"""Signing in at a university from the first page to the last, and every return that is not accepted."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from serving import Service
from starlette.testclient import TestClient
from test_openid import ISSUER, Posted

from grader.server.identity.handshakes import SECONDS
from grader.server.web_calls import client as web_client


@pytest.fixture(scope="module")
def provider() -> Iterator[httpx2.BaseTransport]:
    with warnings.catch_warnings():
        import authlib.deprecate  # noqa: F401  # it turns its own warnings on when it is imported

        warnings.simplefilter("ignore")  # the provider uses what is deprecated, and is not ours
        from oidc_provider_mock import User, app

        known = {"email": "Ann@example.org", "email_verified": True}
        people = [User(sub="1", claims=known), User(sub="2", claims={**known, "email": "x@example.org"})]
        yield Posted(httpx2.WSGITransport(app(require_nonce=True, user_claims=people)))


@pytest.fixture
def there(service: Service, provider: httpx2.BaseTransport) -> Service:
    service.clock.time = datetime.now(UTC)
    made = service.with_settings(openid_issuer=ISSUER, openid_client_id="grader", openid_secret="s3cret")
    return replace(made, services=replace(made.services, web=lambda: web_client(provider)))


def back(
    service: Service, client: TestClient, provider: httpx2.BaseTransport, sub: str = "1"
) -> dict[str, str]:
    """Go to the university and sign in there; return what the browser brings back."""
    to = client.get("/openid", follow_redirects=False)
    assert to.status_code == 303
    with web_client(provider) as web:
        signed = web.post(to.headers["location"], data={"sub": sub})
    place = urlsplit(signed.headers["location"])
    assert (
        f"{place.scheme}://{place.netloc}{place.path}" == f"{service.services.settings.base_url}/openid/back"
    )
    return dict(parse_qsl(place.query))


def test_somebody_of_the_roster_comes_in(there: Service, provider: httpx2.BaseTransport):
    client = there.client()
    answer = client.get("/openid/back", params=back(there, client, provider), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Ann Lee" in client.get("/").text


def test_somebody_who_is_not_in_the_roster_is_told_so(there: Service, provider: httpx2.BaseTransport):
    client = there.client()
    answer = client.get("/openid/back", params=back(there, client, provider, "2"))
    assert answer.status_code == 403
    assert "not in the roster" in answer.text


def test_a_return_is_accepted_once(there: Service, provider: httpx2.BaseTransport):
    client = there.client()
    brought = back(there, client, provider)
    kept = dict(client.cookies)
    assert client.get("/openid/back", params=brought, follow_redirects=False).status_code == 303
    again = there.client()
    again.headers["cookie"] = "; ".join(f"{name}={value}" for name, value in kept.items())
    assert again.get("/openid/back", params=brought).status_code == 403


@pytest.mark.parametrize("change", [{"state": "x"}, {"state": ""}, {"code": "guess"}, {"code": ""}])
def test_a_return_that_is_altered_is_refused(there: Service, provider: httpx2.BaseTransport, change):
    client = there.client()
    answer = client.get("/openid/back", params={**back(there, client, provider), **change})
    assert answer.status_code == 403
    assert "Leave" not in client.get("/").text


def test_the_return_of_another_browser_is_refused(there: Service, provider: httpx2.BaseTransport):
    brought = back(there, there.client(), provider)
    assert there.client().get("/openid/back", params=brought).status_code == 403


def test_a_return_that_takes_too_long_is_refused(there: Service, provider: httpx2.BaseTransport):
    client = there.client()
    brought = back(there, client, provider)
    there.clock.wait(seconds=SECONDS + 1)
    assert client.get("/openid/back", params=brought).status_code == 403


def test_without_a_university_there_is_nothing(service: Service):
    assert service.client().get("/openid").status_code == 404
    assert service.client().get("/openid/back").status_code == 404
