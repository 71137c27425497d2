"""A link, a session or a token that is altered, foreign, expired, replaced or ended lets nobody in."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer
from serving import Service
from starlette.testclient import TestClient

from grader.server.identity import csrf, links
from grader.server.identity.cookies import cookie_name
from grader.server.identity.links import link_of
from grader.server.store import people, sessions, tokens


def opened(client: TestClient, address: str):
    return client.get(address, follow_redirects=False)


def comes_in(service: Service, address: str) -> bool:
    client = service.client()
    return opened(client, address).status_code == 303 and "Leave" in client.get("/").text


def signed(service: Service, said: object, salt: str = "personal link", secret: str = "") -> str:
    text = URLSafeSerializer(secret or service.services.settings.secret, salt=salt).dumps(said)
    return f"{service.services.settings.base_url}/enter/{text}"


def test_a_link_lets_its_person_in_as_often_as_they_like(service: Service):
    link = link_of(service.services, service.student)
    assert comes_in(service, link)
    assert comes_in(service, link)


def test_nothing_secret_is_in_an_address_after_the_first(service: Service):
    answer = opened(service.client(), link_of(service.services, service.student))
    assert answer.headers["location"] == "/"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_ends_with_the_term(service: Service):
    link = link_of(service.services, service.student)
    service.clock.wait(days=links.LASTS.days - 1)
    assert comes_in(service, link)
    service.clock.wait(days=2)
    assert not comes_in(service, link)


@pytest.mark.parametrize("place", [0, 5, -1, -10])
def test_an_altered_link_is_nothing(service: Service, place: int):
    head, _, text = link_of(service.services, service.student).rpartition("/")
    letters = list(text)
    letters[place] = "A" if letters[place] != "A" else "B"
    assert not comes_in(service, f"{head}/{''.join(letters)}")


def test_a_link_that_another_secret_signed_is_nothing(service: Service):
    said = [service.instructor.public, service.clock().timestamp()]
    assert comes_in(service, signed(service, said))
    assert not comes_in(service, signed(service, said, secret="another"))
    assert not comes_in(service, signed(service, said, salt="another purpose"))


@pytest.mark.parametrize(
    "said",
    [
        None,
        "x",
        [],
        ["x", 0],
        ["x"],
        [1, 2, 3],
        {"a": 1},
        ["x", "soon"],
        [None, None],
        ["x", 1e300],
        ["x", float("nan")],
    ],
)
def test_what_is_signed_but_no_link_is_nothing(service: Service, said: object):
    assert service.client().get(signed(service, said)).status_code == 404


def test_whoever_has_left_is_let_in_no_more(service: Service):
    link = link_of(service.services, service.student)
    client = service.client(service.student)
    with service.database.writing() as connection:
        people.leave(connection, service.student, service.clock())
    assert not comes_in(service, link)
    assert "Leave" not in client.get("/").text


def test_a_new_link_ends_the_old_ones_and_their_sessions(service: Service):
    old = link_of(service.services, service.student)
    stolen = service.client(service.student)
    service.clock.wait(seconds=1)
    page = service.client(service.instructor).post("/ways-in/link", data={"who": "ann@example.org"})
    new = page.text.partition('<code class="text">')[2].partition("</code>")[0]
    assert not comes_in(service, old)
    assert "Leave" not in stolen.get("/").text
    assert comes_in(service, new)


def test_a_new_link_is_of_somebody_who_is_here(service: Service):
    page = service.client(service.instructor).post("/ways-in/link", data={"who": "nobody"})
    assert page.status_code == 422
    assert "Nobody is called so" in page.text


def test_the_link_of_another_is_asked_about_before_it_changes_who_somebody_is(service: Service):
    """Somebody who sends a student their own link would otherwise get the work that is handed in then."""
    client = service.client(service.student)
    other = link_of(service.services, service.instructor)
    page = client.get(other)
    assert "This is the link of Iris Moe" in page.text
    assert "Ann Lee" in client.get("/").text
    client.post(other)
    assert "Iris Moe" in client.get("/").text


def test_the_table_of_links_has_one_for_everybody_and_no_formula(service: Service):
    with service.database.writing() as connection:
        people.add(connection, "eve", "student", name='=HYPERLINK("http://evil.example")')
    answer = service.client(service.instructor).get("/ways-in/links.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["id"] for row in rows} == {"ann", "ben", "iris", "eve"}
    assert next(row["name"] for row in rows if row["id"] == "eve").startswith("'=")
    assert all(comes_in(service, row["link"]) for row in rows)


# ---------------------------------------------------------------- sessions


def signed_in(service: Service, text: str) -> bool:
    client = service.client()
    client.cookies.set(cookie_name(service.services), text)
    return "Leave" in client.get("/").text


@pytest.fixture
def session(service: Service) -> str:
    with service.database.writing() as connection:
        return sessions.begin(connection, service.student, service.clock())


def test_a_session_ends_after_two_weeks(service: Service, session: str):
    assert signed_in(service, session)
    service.clock.time += sessions.LASTS + timedelta(seconds=1)
    assert not signed_in(service, session)


def test_a_session_ends_when_somebody_leaves(service: Service, session: str):
    client = service.client()
    client.cookies.set(cookie_name(service.services), session)
    client.headers[csrf.HEADER] = csrf.token(session, service.services.settings.secret)
    assert client.post("/leave", follow_redirects=False).status_code == 303
    assert not signed_in(service, session)


def test_coming_in_again_begins_another_session_and_ends_the_one_before(service: Service, session: str):
    """So a session that somebody else put into a browser is not the one that becomes a person's."""
    client = service.client()
    client.cookies.set(cookie_name(service.services), session)
    opened(client, link_of(service.services, service.student))
    assert not signed_in(service, session)


def test_a_made_up_cookie_becomes_no_session(service: Service):
    client = service.client()
    client.cookies.set(cookie_name(service.services), "chosen-by-an-attacker")
    answer = opened(client, link_of(service.services, service.student))
    assert "chosen-by-an-attacker" not in answer.headers["set-cookie"]
    assert not signed_in(service, "chosen-by-an-attacker")


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: text[:-1], lambda text: text + "A"])
def test_an_altered_session_is_nobody(service: Service, session: str, change):
    assert change(session) == session or not signed_in(service, change(session))


@pytest.mark.parametrize("text", ["", "x" * 5000, "' OR 1=1 --", '"', "\\", "=", ";", "%00", "a b"])
def test_a_hostile_cookie_is_nobody(service: Service, text: str):
    client = service.client()
    client.headers["cookie"] = f"{cookie_name(service.services)}={text}"
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Leave" not in answer.text


def test_sessions_and_tokens_are_stored_as_digests_only(service: Service, session: str):
    with service.database.writing() as connection:
        token = tokens.make(connection, service.student, "laptop", service.clock(), None)
        found = [connection.exec_driver_sql(f"SELECT * FROM {name}") for name in ("sessions", "tokens")]
        rows = repr([*map(list, found)])
    assert session not in rows
    assert token not in rows


def test_a_role_that_was_taken_away_is_taken_away_at_once(service: Service):
    client = service.client(service.instructor)
    assert client.get("/ways-in").status_code == 200
    with service.database.writing() as connection:
        people.describe(connection, service.instructor, "student", "Iris", "")
    assert client.get("/ways-in").status_code == 404


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(service: Service):
    answer = opened(service.client(), link_of(service.services, service.student))
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie


def test_the_cookie_of_a_service_behind_https_goes_over_nothing_else(service: Service):
    secure = service.with_settings(base_url="https://grader.example")
    answer = opened(secure.client(), link_of(secure.services, service.student))
    assert answer.headers["set-cookie"].startswith("__Host-grader=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


# ---------------------------------------------------------------- tokens of programs


def whose(service: Service, text: str):
    with service.database.reading() as connection:
        return tokens.person_of(connection, text, service.clock())


def test_a_token_asks_for_its_person_until_it_expires(service: Service):
    until = service.clock() + timedelta(days=30)
    with service.database.writing() as connection:
        text = tokens.make(connection, service.student, "laptop", service.clock(), until)
    assert whose(service, text) == service.student
    assert whose(service, text[:-1]) is None
    service.clock.wait(days=31)
    assert whose(service, text) is None


def test_only_its_owner_revokes_a_token(service: Service):
    with service.database.writing() as connection:
        text = tokens.make(connection, service.student, "laptop", service.clock(), None)
        (token,) = tokens.of(connection, service.student)
        assert not tokens.revoke(connection, service.instructor, token.public, service.clock())
    assert whose(service, text) == service.student
    with service.database.writing() as connection:
        assert tokens.revoke(connection, service.student, token.public, service.clock())
    assert whose(service, text) is None
