"""The JSON interface: what programs hand in, read, and are refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from serving import Service
from starlette.testclient import TestClient

from grader.server.store import people, submissions, tokens
from grader.server.store.people import Person

SUBMIT = "/api/v1/assignments/small/submissions"


def program(service: Service, person: Person | None, **headers: str) -> TestClient:
    """A program that asks for somebody, with a token."""
    client = service.client()
    client.headers.update(headers)
    if person:
        with service.database.writing() as connection:
            text = tokens.make(connection, person, "tests", service.clock(), None)
        client.headers["Authorization"] = f"Bearer {text}"
    return client


@pytest.fixture
def student(service: Service) -> TestClient:
    return program(service, service.student)


@pytest.fixture
def instructor(service: Service) -> TestClient:
    return program(service, service.instructor)


def handed_in(client: TestClient, content: bytes, to: str = SUBMIT):
    return client.post(to, params={"file": "mine.ipynb"}, content=content)


def test_a_token_says_for_whom_it_asks(student: TestClient, instructor: TestClient):
    assert student.get("/api/v1/me").json() == {"name": "Ann Lee", "role": "student"}
    assert instructor.get("/api/v1/me").json() == {"name": "Iris Moe", "role": "instructor"}


def test_the_assignments_are_those_of_the_course(student: TestClient):
    small = {
        "name": "small", "title": "small", "max_points": 5, "due": None, "attempts": 0, "counts": "last",
    }  # fmt: skip

    assert [one["name"] for one in student.get("/api/v1/assignments").json()] == ["other", "small"]
    assert student.get("/api/v1/assignments/small").json() == small


def test_a_receipt_has_the_digest_the_time_and_the_place_in_the_queue(
    service: Service, student: TestClient, notebooks: dict[str, bytes]
):
    answer = handed_in(student, notebooks["right"])

    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt["sha256"] == hashlib.sha256(notebooks["right"]).hexdigest()
    assert (receipt["attempt"], receipt["file"], receipt["before"]) == (1, "mine.ipynb", 0)
    assert receipt["received_at"].startswith("2026-11-29T12:00:00")
    assert receipt["address"] == f"http://127.0.0.1:8000/submissions/{receipt['id']}"
    with service.database.reading() as connection:
        (stored,) = submissions.of(connection, service.student)
        assert submissions.content_of(connection, stored.number) == notebooks["right"]


def test_the_same_bytes_again_get_the_first_receipt(student: TestClient, notebooks: dict[str, bytes]):
    first, again = (handed_in(student, notebooks["right"]) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_a_form_is_taken_as_the_bytes_are(student: TestClient, notebooks: dict[str, bytes]):
    answer = student.post(SUBMIT, files={"notebook": ("form.ipynb", notebooks["wrong"])})

    assert answer.status_code == 201
    assert answer.json()["file"] == "form.ipynb"


def test_the_service_finds_out_of_which_assignment_a_notebook_is(
    student: TestClient, notebooks: dict[str, bytes]
):
    found = handed_in(student, notebooks["right"], "/api/v1/submissions")
    lost = handed_in(student, notebooks["other"], "/api/v1/submissions")

    assert found.json()["assignment"] == "small"
    assert lost.status_code == 422
    assert lost.json()["detail"] == "Name the assignment: one of other, small."


def test_what_became_of_a_submission_is_told_as_on_its_page(
    service: Service, student: TestClient, notebooks: dict[str, bytes]
):
    address = f"/api/v1/submissions/{handed_in(student, notebooks['wrong']).json()['id']}"

    waits = student.get(address).json()
    assert (waits["status"], waits["points"], waits["functions"]) == ("waiting", None, [])
    assert student.get(f"{address}/feedback").status_code == 409
    service.grade()
    graded = student.get(address).json()
    (double,) = graded["functions"]
    assert (graded["status"], graded["points"], graded["max_points"]) == ("graded", 0, 5)
    assert graded["counts"]
    assert double["verdict"] == "wrong_value"
    assert "yours" in double["message"]
    assert double["example"].startswith("double(")


def test_feedback_is_a_page_or_what_a_terminal_shows(
    service: Service, student: TestClient, notebooks: dict[str, bytes]
):
    address = f"/api/v1/submissions/{handed_in(student, notebooks['right']).json()['id']}/feedback"
    service.grade()

    page = student.get(address)
    text = student.get(address, headers={"Accept": "text/plain"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<!DOCTYPE html>")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "5 of 5" in text.text.splitlines()[0]


def test_the_bytes_can_be_fetched_again(student: TestClient, notebooks: dict[str, bytes]):
    address = f"/api/v1/submissions/{handed_in(student, notebooks['right']).json()['id']}/notebook"

    assert student.get(address).content == notebooks["right"]


def test_staff_see_where_all_students_stand_and_students_do_not(
    service: Service, student: TestClient, instructor: TestClient, notebooks: dict[str, bytes]
):
    handed_in(student, notebooks["wrong"])
    handed_in(student, notebooks["right"])
    service.grade()

    (row,) = instructor.get("/api/v1/assignments/small/marks").json()
    assert (row["student"], row["attempts"], row["attempt"], row["points"]) == ("ann", 2, 2, 5)
    (empty,) = instructor.get("/api/v1/assignments/other/marks").json()
    assert (empty["attempts"], empty["status"], empty["points"]) == (0, None, None)
    assert student.get("/api/v1/assignments/small/marks").status_code == 404


def test_staff_see_a_submission_and_other_students_do_not(
    service: Service, student: TestClient, instructor: TestClient, notebooks: dict[str, bytes]
):
    address = f"/api/v1/submissions/{handed_in(student, notebooks['right']).json()['id']}"
    with service.database.writing() as connection:
        zoe = people.add(connection, "zoe", "student")
    service.grade()

    assert instructor.get(address).json()["points"] == 5
    for end in ("", "/feedback", "/notebook"):
        assert program(service, zoe).get(f"{address}{end}").status_code == 404


def test_without_a_token_nothing_is_told_and_it_is_said_how_to_get_one(service: Service, student: TestClient):
    for authorization in ("", "Bearer grader_wrong", "Basic YTpi", "Bearer"):
        answer = program(service, None, Authorization=authorization).get("/api/v1/me")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Tokens" in answer.json()["detail"]


def test_a_session_of_a_browser_is_no_token(service: Service):
    assert service.client(service.student).get("/api/v1/me").status_code == 401


def test_an_expired_and_a_revoked_token_are_refused(service: Service):
    with service.database.writing() as connection:
        soon = service.clock() + timedelta(days=1)
        text = tokens.make(connection, service.student, "tests", service.clock(), soon)
    client = program(service, None, Authorization=f"Bearer {text}")

    assert client.get("/api/v1/me").status_code == 200
    service.clock.wait(days=2)
    assert client.get("/api/v1/me").status_code == 401


def test_too_large_a_notebook_is_refused_with_what_to_do(service: Service, notebooks: dict[str, bytes]):
    limited = service.with_settings(max_upload=1 << 20)
    answer = handed_in(program(limited, service.student), b" " * ((1 << 20) + 1))

    assert answer.status_code == 413
    assert answer.json()["detail"].startswith("Clear its outputs")


@pytest.mark.parametrize(
    "path", ["/assignments/none", "/assignments/none/submissions", "/submissions/none", "/nothing"]
)
def test_what_is_not_there_is_a_problem_in_json(student: TestClient, path: str):
    answer = student.get(f"/api/v1{path}")

    assert answer.status_code == 404
    assert answer.json()["status"] == 404


def test_staff_adjust_a_mark_and_the_student_sees_it(
    service: Service, student: TestClient, instructor: TestClient, notebooks: dict[str, bytes]
):
    address = f"/api/v1/submissions/{handed_in(student, notebooks['wrong']).json()['id']}"
    service.grade()
    decided = {"student": "ann", "action": "points", "value": 3, "function": "double", "because": "nearly"}

    answer = instructor.post("/api/v1/assignments/small/adjustments", json=decided)
    assert (answer.status_code, answer.json()["points"]) == (200, 3)
    assert student.get(address).json()["points"] == 3
    assert student.post("/api/v1/assignments/small/adjustments", json=decided).status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"value": 9}, "more than the 5", id="too many points"),
        pytest.param({"function": "treble"}, "no function treble", id="no such function"),
        pytest.param({"because": ""}, "reason", id="no reason"),
        pytest.param({"action": "double"}, "no message as it is expected", id="no such action"),
        pytest.param({"value": "3"}, "no message as it is expected", id="a text for a number"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    service: Service, student: TestClient, instructor: TestClient, notebooks: dict[str, bytes],
    change: dict[str, object], says: str,
):  # fmt: skip
    handed_in(student, notebooks["wrong"])
    service.grade()
    decided = {"student": "ann", "action": "points", "value": 3, "function": "double", "because": "nearly"}

    answer = instructor.post("/api/v1/assignments/small/adjustments", json={**decided, **change})
    assert answer.status_code == 422
    assert says in answer.json()["title"] + answer.json()["detail"]
    assert instructor.get("/api/v1/assignments/small/marks").json()[0]["points"] == 0


def test_nothing_is_extended_that_is_not_due(instructor: TestClient):
    given = {"student": "ann", "until": "2026-12-01T12:00:00Z", "because": "ill"}
    answer = instructor.post("/api/v1/assignments/small/extensions", json=given)

    assert answer.status_code == 404


def test_one_attempt_too_many_within_a_minute_is_told_to_wait_and_not_stored(
    service: Service, notebook: Callable[..., bytes]
):
    slow = service.with_settings(attempts_a_minute=2)
    client = program(slow, service.student)
    contents = [notebook(f"def double(x):\n    return {number} * x") for number in range(3)]
    first, second, third = (handed_in(client, content) for content in contents)

    assert (first.status_code, second.status_code, third.status_code) == (201, 201, 429)
    assert third.headers["retry-after"] == "60"
    assert third.json()["detail"] == "Hand this in again in 60 seconds."
    assert handed_in(client, contents[1]).json()["id"] == second.json()["id"]
    service.clock.wait(seconds=60)
    assert handed_in(client, contents[2]).json()["attempt"] == 3
