"""Every route by everybody who may not ask it, from the table of routes: a new route is tested by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from doubling import RIGHT
from serving import Service, new_service
from starlette.testclient import TestClient

from grader.server.identity.cookies import INTERFACE
from grader.server.identity.csrf import HEADER
from grader.server.identity.guard import EVERYBODY, SAFE, STUDENT, Guarded, Sends
from grader.server.identity.links import link_of
from grader.server.store import people, platforms, submissions, tokens
from grader.server.store.people import Person, Role

FOR_EVERYBODY = {
    "/",
    "/api/v1/openapi.json",
    "/enter/{text}",
    "/health",
    "/lti/configuration.json",
    "/lti/keys",
    "/lti/launch",
    "/lti/login",
    "/openid",
    "/openid/back",
    "/static/{digest}/{name}",
}
"""The ways in, and what has nothing of anybody. Whoever adds one has thought about it."""

MESSAGES = {"/lti/launch", "/lti/login"}
"""What other sites send, and proves itself by what is in it."""

STREAMS = ("/state", "/changes")
"""Ends of addresses whose answers go on for minutes."""

NOWHERE = "/no/such/address"


@pytest.fixture(scope="module")
def busy(tiny_course, tmp_path_factory, graders, notebook: Callable[..., bytes]) -> Iterator[Service]:
    """A service with a graded submission of Ann, and Bob, who has submitted nothing."""
    made = new_service(tiny_course, tmp_path_factory.mktemp("busy"), graders)
    sent = made.client(made.student).post(
        "/assignments/small/submissions",
        files={"notebook": ("mine.ipynb", notebook(RIGHT))},
        follow_redirects=False,
    )
    assert sent.status_code == 303
    assert made.grade() == 1
    with made.database.writing() as connection:
        people.add(connection, "bob", "student", name="Bob Fay")
        platforms.register(
            connection,
            {"name": "LMS", "issuer": "https://lms.example", "client_id": "1", "deployments": ["1"]}
            | dict.fromkeys(("login_url", "token_url", "keys_url"), "https://lms.example/"),
        )
        platforms.course(connection, platforms.everyone(connection)[0], "c", "C", "", made.clock())
    yield made
    made.database.close()


def routes(service: Service) -> list[Guarded]:
    """The routes of the application, each of which has its rule."""
    found = service.app.routes
    assert [route for route in found if not isinstance(route, Guarded)] == []
    return [route for route in found if isinstance(route, Guarded)]


def asked(service: Service, route: Guarded, whose: Person) -> str:
    """The address of something that is there, and is Ann's or for those who mark."""
    with service.database.reading() as connection:
        (mine,) = submissions.of(connection, whose)
        (system,), (course,) = platforms.everyone(connection), platforms.courses(connection)
    beside = {
        "/submissions/": mine.public,
        "/students/": whose.public,
        "/platforms/": system.public,
        "/courses/": course.public,
    }
    values = {
        "assignment": "small",
        "attempt": "1",
        "digest": "0",
        "format": "csv",
        "name": "style.css",
        "token": "0" * 12,
        "text": link_of(service.services, whose).rpartition("/")[2],
    }
    if "{token}" in route.path:
        values["token"] = token_of(service, whose)
    if "{public}" in route.path:
        values["public"] = next(value for part, value in beside.items() if part + "{public}" in route.path)
    return route.path.format(**values)


def token_of(service: Service, whose: Person) -> str:
    """The public name of a token that somebody has."""
    with service.database.writing() as connection:
        tokens.make(connection, whose, "laptop", service.clock(), None)
        return tokens.of(connection, whose)[-1].public


def everyone(service: Service) -> dict[str, Person | None]:
    """Somebody of each role, and nobody."""
    them = {"student": service.student, "assistant": service.assistant, "instructor": service.instructor}
    assert set(them) == set(get_args(Role))
    return {"nobody": None, **them}


def browser(service: Service, person: Person | None, route: Guarded) -> TestClient:
    """What somebody asks with: a cookie, or in the interface a token."""
    client = service.client(person)
    if person and route.path.startswith(INTERFACE):
        with service.database.writing() as connection:
            text = tokens.make(connection, person, "test", service.clock(), None)
        client.headers["authorization"] = f"Bearer {text}"
    return client


def methods(route: Guarded) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD"})


def changing(service: Service) -> list[tuple[Guarded, str]]:
    """The routes that change something, for people with a cookie."""
    return [
        (route, method)
        for route in routes(service)
        for method in methods(route)
        if method not in SAFE and not route.path.startswith(INTERFACE) and route.path not in MESSAGES
    ]


def test_what_is_for_everybody_is_on_a_list(busy: Service):
    assert {route.path for route in routes(busy) if route.who == EVERYBODY} <= FOR_EVERYBODY


def test_only_what_proves_itself_needs_no_token_of_a_page(busy: Service):
    without = {route.path for route in routes(busy) if route.sends is Sends.MESSAGE}
    assert {path for path in without if not path.startswith(INTERFACE)} == MESSAGES


def test_nothing_that_only_shows_is_asked_in_a_way_that_changes_something(busy: Service):
    """A page that changed something when it is looked at could be asked by an image of another site."""
    assert {method for route in routes(busy) for method in methods(route)} <= {"GET", "POST", "DELETE"}


def test_every_route_is_nothing_to_every_other_role(busy: Service):
    wrong = {}
    for route in routes(busy):
        for name, person in everyone(busy).items():
            if route.who == EVERYBODY or (person and person.role in route.who):
                continue
            client = browser(busy, person, route)
            for method in methods(route):
                there = client.request(method, asked(busy, route, busy.student))
                nowhere = client.request(method, INTERFACE + "no" if INTERFACE in route.path else NOWHERE)
                nothing = 401 if INTERFACE in route.path and not person else 404
                if (there.status_code, there.text) != (nothing, nowhere.text):
                    wrong[method, route.path, name] = there.status_code
    assert wrong == {}


def test_every_page_is_there_for_those_who_may_see_it(busy: Service):
    """Otherwise the test above would say nothing."""
    wrong = {}
    for route in routes(busy):
        if "GET" not in methods(route) or route.path.endswith(STREAMS) or route.path in FOR_EVERYBODY:
            continue
        for name, person in everyone(busy).items():
            if person and person.role in route.who:
                answer = browser(busy, person, route).get(asked(busy, route, busy.student))
                if answer.status_code >= 500 or (answer.status_code == 404 and "handout" not in route.path):
                    wrong[route.path, name] = answer.status_code
    assert wrong == {}


def test_a_student_is_nothing_to_another(busy: Service):
    with busy.database.reading() as connection:
        bob = people.with_key(connection, "bob")
    wrong = {}
    for route in routes(busy):
        if "student" in route.who and ("{public}" in route.path or "{token}" in route.path):
            for method in methods(route):
                client = browser(busy, bob, route)
                status = client.request(method, asked(busy, route, busy.student)).status_code
                if status != 404:
                    wrong[method, route.path] = status
    assert wrong == {}


def test_the_interface_reads_no_cookie_and_pages_read_no_token(busy: Service):
    """So no site can make a browser ask the interface, and no token of a program is worth a session."""
    with busy.database.writing() as connection:
        text = tokens.make(connection, busy.instructor, "test", busy.clock(), None)
    wrong = {}
    for route in routes(busy):
        if route.who == EVERYBODY:
            continue
        is_interface = route.path.startswith(INTERFACE)
        client = busy.client(busy.instructor if is_interface else None)
        if not is_interface:
            client.headers["authorization"] = f"Bearer {text}"
        for method in methods(route):
            status = client.request(method, asked(busy, route, busy.student)).status_code
            if status != (401 if is_interface else 404):
                wrong[method, route.path] = status
    assert wrong == {}


FROM_ELSEWHERE = {
    "no token": {HEADER: ""},
    "a made up token": {HEADER: "0" * 64},
    "a token with other letters": {HEADER: "é" * 64},
    "another site": {"sec-fetch-site": "cross-site"},
    "another host of the same site": {"sec-fetch-site": "same-site"},
    "typed into the address bar": {"sec-fetch-site": "none"},
}


@pytest.mark.parametrize("change", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_nothing_is_changed_by_what_no_page_of_ours_sent(busy: Service, change: dict[str, str]):
    wrong = {}
    for route, method in changing(busy):
        client = busy.client(_allowed(busy, route))
        client.headers.update({name: value.encode() for name, value in change.items()})
        status = client.request(method, asked(busy, route, busy.student)).status_code
        if status != 403:
            wrong[method, route.path] = status
    assert wrong == {}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:8000.evil.example"])
def test_an_old_browser_says_its_origin(busy: Service, origin: str):
    wrong = {}
    for route, method in changing(busy):
        client = busy.client(_allowed(busy, route))
        del client.headers["sec-fetch-site"]
        client.headers["origin"] = origin
        status = client.request(method, asked(busy, route, busy.student)).status_code
        if status != 403:
            wrong[method, route.path] = status
    assert wrong == {}


def test_a_token_of_another_session_is_worth_nothing(busy: Service):
    other = busy.client(busy.instructor).headers[HEADER]
    wrong = {}
    for route, method in changing(busy):
        client = busy.client(_allowed(busy, route))
        client.headers[HEADER] = other
        status = client.request(method, asked(busy, route, busy.student)).status_code
        if status != 403:
            wrong[method, route.path] = status
    assert wrong == {}


def test_what_a_page_of_ours_sends_is_read(busy: Service):
    """Otherwise the three tests above would say nothing."""
    client = busy.client(busy.instructor)
    token = client.headers.pop(HEADER)
    answer = client.post("/ways-in/marks", data={"csrf": token}, follow_redirects=False)
    assert answer.status_code == 303


def _allowed(service: Service, route: Guarded) -> Person:
    """Somebody who may ask a route."""
    return service.student if route.who & STUDENT else service.instructor
