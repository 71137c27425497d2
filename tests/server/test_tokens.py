"""Tokens: made on a page, shown once, revoked there."""

from __future__ import annotations

import re

from serving import Service
from starlette.testclient import TestClient

ME = "/api/v1/me"


def made(client: TestClient, name: str = "the lab") -> str:
    page = client.post("/tokens", data={"name": name})
    (text,) = re.findall(r"grader_[\w-]{40,}", page.text)
    return text


def asks(service: Service, token: str) -> int:
    return service.client().get(ME, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_shown_once_and_lets_a_program_ask(service: Service):
    client = service.client(service.student)
    token = made(client)

    assert asks(service, token) == 200
    page = client.get("/tokens").text
    assert "the lab" in page
    assert token not in page


def test_a_revoked_token_lets_nothing_in(service: Service):
    client = service.client(service.student)
    token = made(client)
    (revoke,) = re.findall(r'action="(/tokens/\w+/revoke)"', client.get("/tokens").text)

    assert "It is revoked" in client.post(revoke).text
    assert asks(service, token) == 401
    assert "the lab" not in client.get("/tokens").text


def test_nobody_revokes_the_token_of_another(service: Service):
    token = made(service.client(service.student))
    (revoke,) = re.findall(r"/tokens/\w+/revoke", service.client(service.student).get("/tokens").text)

    service.client(service.instructor).post(revoke)
    assert asks(service, token) == 200


def test_a_name_is_shown_escaped_and_on_one_line(service: Service):
    client = service.client(service.student)
    made(client, "<b>a\nb\x1b[31m")

    page = client.get("/tokens").text
    assert "&lt;b&gt;a b\\x1b[31m" in page
    assert "<b>" not in page


def test_one_person_has_few_tokens(service: Service):
    client = service.client(service.student)
    for _ in range(20):
        made(client)

    assert client.post("/tokens", data={"name": "one more"}).status_code == 409
