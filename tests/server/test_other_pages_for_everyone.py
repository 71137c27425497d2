"""Pages that answer a form, another site or a fault are for everyone, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from accessibility import asked, check_is_for_everyone, heard
from browser import ATTACKS
from doubling import RIGHT, WRONG
from launching import browser as from_elsewhere
from launching import connect, launched, new_system, set_up
from learning_system import HOST, LearningSystem
from live_service import listening
from serving import Service, new_service

from grader.assignments.course import Course
from grader.server.identity.links import link_of
from grader.server.identity.lti.messages import CLAIM, DEEP_LINKING
from grader.server.identity.lti.outbox import deliver_next
from grader.server.identity.lti.tool import Tool
from grader.server.queue.graders import Graders
from grader.server.store import gradings, people
from grader.server.store.database import open_database

HOSTILE = ATTACKS["an image"]
CLASS = "/classes/small"
SUBMIT = "/assignments/small/submissions"


@pytest.fixture(scope="module")
def answers(
    tiny_course: Course, tmp_path_factory: pytest.TempPathFactory, graders: Graders,
    notebook: Callable[..., bytes],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The answers of a service to a person of it, by the names of the pages."""
    service = new_service(tiny_course, tmp_path_factory.mktemp("answers"), graders)
    made = {**decisions(service, notebook), **faults(service), **arrivals(service, new_system(), notebook)}
    yield made
    service.database.close()


def decisions(service: Service, notebook: Callable[..., bytes]) -> dict[str, Any]:
    """What a student and an instructor are told who send forms that make sense or not."""
    ann, iris = service.client(service.student), service.client(service.instructor)
    one = f"{CLASS}/students/{service.student.public}"
    sent = {"notebook": (HOSTILE, notebook(WRONG))}
    found = {
        "a notebook that is refused": ann.post(SUBMIT, files={"notebook": (HOSTILE, b"<html>")}),
        "a token is made": ann.post("/tokens", data={"name": HOSTILE}),
        "an export before anything is graded": iris.get(f"{CLASS}/export/csv"),
    }
    ann.post(SUBMIT, files=sent, follow_redirects=False)
    service.grade()
    with service.database.writing() as connection:
        (grading,) = gradings.of(connection, [1]).values()
        connection.exec_driver_sql(f"UPDATE gradings SET made_by = 'before' WHERE number = {grading.number}")
    found["a class whose files have changed"] = iris.get(f"{CLASS}/regrade")
    found["a regrading under way"] = iris.post(f"{CLASS}/regrade")
    service.grade()
    found["a regrading to decide on"] = iris.get(f"{CLASS}/regrade")
    found["an adjustment that makes no sense"] = iris.post(
        f"{one}/adjust", data={"action": "points", "value": HOSTILE, "because": HOSTILE}
    )
    found["an adjustment that was made"] = iris.post(
        f"{one}/adjust", data={"action": "add", "value": "1", "because": HOSTILE}
    )
    found["a table that cannot be filled in"] = iris.post(
        f"{CLASS}/export/moodle", files={"notebook": ("a.csv", b"\0")}
    )
    found["a new link"] = iris.post("/ways-in/link", data={"who": "ann"})
    found["a link of nobody"] = iris.post("/ways-in/link", data={"who": HOSTILE})
    found["the link of another"] = service.client(service.student).get(
        link_of(service.services, service.instructor)
    )
    for number in range(20):
        answer = iris.post("/tokens", data={"name": f"token {number}"})
    found["many tokens"] = answer
    found["one token too many"] = iris.post("/tokens", data={"name": "more"})
    return found


def faults(service: Service) -> dict[str, Any]:
    """What is answered to what cannot be done."""
    ann, iris = service.client(service.student), service.client(service.instructor)
    large = b"name=" + b"x" * 200_000
    kind = {"content-type": "application/x-www-form-urlencoded"}
    found = {
        "nothing there": ann.get("/enter/no-such-link"),
        "another method": ann.put("/tokens"),
        "a form of another site": ann.post("/leave", headers={"sec-fetch-site": "cross-site"}),
        "too large a form": iris.post("/ways-in/platforms", content=large, headers=kind),
        "a way in that is not set up": ann.get("/openid"),
    }
    slow = service.with_settings(requests_a_second=1).client(service.student)
    found["too many requests"] = [slow.get("/tokens") for _ in range(6)][-1]
    with patch.object(people, "all_of", side_effect=ZeroDivisionError):
        found["a fault of ours"] = iris.get("/ways-in/links.csv")
    link = link_of(service.services, service.student)
    away = open_database("sqlite:////nowhere/at/all.db")
    found["the database is away"] = (
        replace(service, services=replace(service.services, database=away)).client().get(link)
    )
    return found


def arrivals(service: Service, system: LearningSystem, notebook: Callable[..., bytes]) -> dict[str, Any]:
    """What people meet who come from a learning system, and the instructor who lets them in."""
    there = set_up(service, system)
    framed = {"sec-fetch-dest": "iframe"}
    found = {
        "a window of its own": there.client().get("/lti/login", params=system.login("7"), headers=framed),
        "a launch that is none": from_elsewhere(there).post("/lti/launch", data={}),
        "a course that is not connected": launched(from_elsewhere(there), system, "10"),
        "a course that asks to come in": there.client(there.instructor).get("/ways-in"),
    }
    connect(there, system)
    system.people["7"]["name"] = HOSTILE
    launched(from_elsewhere(there), system, "7")
    with there.database.reading() as connection:
        seven = people.with_key(connection, "7@uni.example")
    there.client(seven).post(SUBMIT, files={"notebook": ("a.ipynb", notebook(RIGHT))}, follow_redirects=False)
    there.grade()
    system.people.clear()
    deliver_next(Tool(there.services))
    found["ways in, with a mark that did not arrive"] = there.client(there.instructor).get("/ways-in")
    found["a learning system that makes no sense"] = there.client(there.instructor).post(
        "/ways-in/platforms", data={"kind": "other", "name": HOSTILE, "issuer": HOSTILE}
    )
    system.enrol("10", ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"], name="Teacher")
    system.further = {
        f"{CLAIM}message_type": "LtiDeepLinkingRequest",
        f"{DEEP_LINKING}deep_linking_settings": {"deep_link_return_url": f"{HOST}/deep", "data": "opaque"},
    }
    found["choose an assignment"] = launched(from_elsewhere(there), system, "10")
    return found


STATUSES = {
    "a notebook that is refused": 422,
    "a token is made": 200,
    "an export before anything is graded": 422,
    "a class whose files have changed": 200,
    "a regrading under way": 200,
    "a regrading to decide on": 200,
    "an adjustment that makes no sense": 422,
    "an adjustment that was made": 200,
    "a table that cannot be filled in": 422,
    "a new link": 200,
    "a link of nobody": 422,
    "the link of another": 200,
    "many tokens": 200,
    "one token too many": 409,
    "nothing there": 404,
    "another method": 405,
    "a form of another site": 403,
    "too large a form": 413,
    "a way in that is not set up": 404,
    "too many requests": 429,
    "a fault of ours": 500,
    "the database is away": 503,
    "a window of its own": 200,
    "a launch that is none": 403,
    "a course that is not connected": 403,
    "a course that asks to come in": 200,
    "ways in, with a mark that did not arrive": 200,
    "a learning system that makes no sense": 422,
    "choose an assignment": 200,
}


@pytest.fixture(scope="module")
def visited(
    answers: dict[str, Any], tiny_course: Course, tmp_path_factory: pytest.TempPathFactory, graders: Graders,
    browser,
) -> dict[str, dict]:  # fmt: skip
    """What a browser finds on each page, which comes with its own style from a service that listens."""

    def visit(page):
        found, refused = {}, heard(page)
        for name, answer in answers.items():
            page.route("**/answer", lambda route, _, answer=answer: route.fulfill(**as_it_came(answer)))
            page.goto(f"{live.url}/answer")
            page.unroute("**/answer")
            found[name] = {**asked(page), "refused": [*refused]}
            refused.clear()
        return found

    with listening(tiny_course, tmp_path_factory.mktemp("style"), graders) as live:
        return browser.walk(visit)


def as_it_came(answer: Any) -> dict[str, Any]:
    kept = ("content-type", "content-security-policy")
    headers = {name: answer.headers[name] for name in kept}
    return {"status": answer.status_code, "headers": headers, "body": answer.text}


def test_the_answers_are_those_that_are_meant(answers: dict[str, Any]):
    assert {name: answer.status_code for name, answer in answers.items()} == STATUSES


@pytest.mark.parametrize("name", STATUSES)
def test_an_answer_of_the_service_is_for_everyone(name: str, visited: dict[str, dict]):
    check_is_for_everyone(visited[name])
