"""Every launch of a learning system that is not accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from launching import OURS, begun, browser, launched, refused
from learning_system import CLIENT, HOST, LearningSystem
from serving import Service

from grader.server.identity.handshakes import SECONDS
from grader.server.identity.lti.messages import CLAIM
from grader.server.store import people, platforms
from grader.server.web_calls import client as web_client


def test_a_launch_is_accepted_once(connected: Service, system: LearningSystem):
    client = browser(connected)
    form = system.launch(begun(client, system, "7"))
    cookies = dict(client.cookies)
    assert client.post("/lti/launch", data=form, follow_redirects=False).status_code == 303
    again = browser(connected)
    again.headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    refused(again.post("/lti/launch", data=form, follow_redirects=False), "used before")


def test_a_launch_of_another_browser_is_refused(connected: Service, system: LearningSystem):
    """Otherwise somebody could be made to hand in as another."""
    form = system.launch(begun(browser(connected), system, "7"))
    refused(browser(connected).post("/lti/launch", data=form), "did not begin in this browser")


def test_a_launch_that_nobody_began_is_refused(connected: Service, system: LearningSystem):
    form = {"state": "x", "id_token": system.sign({"iss": HOST, "aud": CLIENT, "nonce": "x", "sub": "10"})}
    refused(browser(connected).post("/lti/launch", data=form), "did not begin in this browser")


@pytest.mark.parametrize(
    "more", [{"state": ""}, {"state": "é"}, {"state": "x" * 1000}], ids=["empty", "other letters", "long"]
)
def test_a_launch_with_another_state_is_refused(
    connected: Service, system: LearningSystem, more: dict[str, str]
):
    refused(launched(browser(connected), system, "7", **more), "did not begin in this browser")


def test_two_launches_of_one_browser_are_not_mixed_up(connected: Service, system: LearningSystem):
    client = browser(connected)
    first, second = (system.launch(begun(client, system, user)) for user in ("7", "8"))
    mixed = {"state": first["state"], "id_token": second["id_token"]}
    refused(client.post("/lti/launch", data=mixed), "nonce")


def test_a_launch_that_takes_too_long_is_refused(connected: Service, system: LearningSystem):
    client = browser(connected)
    form = system.launch(begun(client, system, "7"))
    connected.clock.wait(seconds=SECONDS + 1)
    refused(client.post("/lti/launch", data=form), "more than ten minutes")


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": "https://evil.example"}, id="another issuer"),
        pytest.param({"aud": "client-2"}, id="another audience"),
        pytest.param({"aud": [CLIENT, "client-2"], "azp": "client-2"}, id="made for another"),
        pytest.param({f"{CLAIM}deployment_id": "2:other"}, id="another deployment"),
        pytest.param({f"{CLAIM}version": "1.1"}, id="another version"),
        pytest.param({f"{CLAIM}message_type": "Other"}, id="another message"),
        pytest.param({f"{CLAIM}roles": []}, id="no role"),
        pytest.param({f"{CLAIM}roles": "Instructor"}, id="a role that is no list"),
        pytest.param(
            {f"{CLAIM}roles": ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"]},
            id="a role of the whole university",
        ),
        pytest.param({f"{CLAIM}context": {}}, id="no course"),
        pytest.param(
            {f"{CLAIM}context": {"id": "course-2", "title": "Other"}}, id="a course that is not connected"
        ),
    ],
)
def test_a_launch_that_says_something_else_is_refused(
    connected: Service, system: LearningSystem, claims: dict[str, Any]
):
    system.further = claims
    client = browser(connected)
    answer = launched(client, system, "7")
    assert answer.status_code == 403
    assert "Leave" not in client.get("/").text


def test_a_launch_that_another_key_signed_is_refused(connected: Service, system: LearningSystem):
    from joserfc.jwk import RSAKey

    client = browser(connected)
    to = begun(client, system, "7")
    forger = RSAKey.generate_key(2048)
    registration = system.platform.get_registration()
    registration.set_platform_private_key(forger.as_pem(private=True).decode())
    form = system.launch(to)
    refused(client.post("/lti/launch", data=form), "key that its issuer does not publish")


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "." * 5000], ids=["empty", "short", "three parts", "long"]
)
def test_what_is_no_launch_is_refused(connected: Service, system: LearningSystem, token: str):
    assert launched(browser(connected), system, "7", id_token=token).status_code == 403


def test_a_launch_without_a_token_is_refused(connected: Service, system: LearningSystem):
    client = browser(connected)
    form = {"state": system.launch(begun(client, system, "7"))["state"], "error": "login_required"}
    refused(client.post("/lti/launch", data=form), "did not sign you in")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"client_id": "client-2"},
        {"iss": ""},
        {"login_hint": ""},
        {"login_hint": "x" * 5000},
    ],
)
def test_a_login_of_nobody_we_know_is_refused(there: Service, system: LearningSystem, change: dict[str, str]):
    answer = browser(there).get("/lti/login", params={**system.login("7"), **change}, follow_redirects=False)
    assert answer.status_code == 403
    assert "location" not in answer.headers


def test_a_login_sends_nobody_anywhere_but_to_the_learning_system(there: Service, system: LearningSystem):
    parameters = {
        **system.login("7"),
        "target_link_uri": "https://evil.example/",
        "redirect_uri": "https://evil.example/",
    }
    to = browser(there).get("/lti/login", params=parameters, follow_redirects=False).headers["location"]
    assert to.startswith(f"{HOST}/auth?")
    assert parse_qs(urlsplit(to).query)["redirect_uri"] == [f"{OURS}/lti/launch"]


def test_a_learning_system_that_was_removed_sends_nobody(connected: Service, system: LearningSystem):
    client = browser(connected)
    form = system.launch(begun(client, system, "7"))
    with connected.database.reading() as connection:
        (registered,) = platforms.everyone(connection)
    connected.client(connected.instructor).post(f"/ways-in/platforms/{registered.public}/remove")
    refused(client.post("/lti/launch", data=form), "not set up here")


def test_somebody_who_has_left_is_not_let_in_again(connected: Service, system: LearningSystem):
    launched(browser(connected), system, "7")
    with connected.database.writing() as connection:
        people.leave(connection, people.with_key(connection, "7@uni.example"), connected.clock())
    refused(launched(browser(connected), system, "7"), "not in this course any more")


def test_a_learning_system_that_publishes_no_keys_is_named(connected: Service, system: LearningSystem):
    import httpx2

    broken = replace(
        connected,
        services=replace(
            connected.services,
            web=lambda: web_client(httpx2.MockTransport(lambda request: httpx2.Response(500))),
        ),
    )
    answer = launched(browser(broken), system, "7")
    assert answer.status_code == 502
    assert "lms.example answers 500" in answer.text
