"""What browsers are told of each page, what is logged of a request, and how much one person may ask."""

from __future__ import annotations

import logging
from html.parser import HTMLParser

import pytest
from serving import Service

from grader.server.identity.links import link_of
from grader.server.store import people, submissions

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Active(HTMLParser):
    """Finds what a page could do by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in {"iframe", "object", "embed", "base", "applet"}:
            self.found.append(tag)
        if tag == "script" and not (said.get("src") or "").startswith("/static/"):
            self.found.append("a script that is not ours")
        self.found += [name for name in said if name.startswith("on")]
        self.found += [
            value for value in said.values() if value and value.strip().lower().startswith("javascript:")
        ]


@pytest.fixture
def full(service: Service, notebook) -> Service:
    """A service with a hostile name, file name and notebook on its pages."""
    with service.database.writing() as connection:
        ann = people.describe(connection, service.student, "student", HOSTILE, HOSTILE)
    code = f'def double(x):\n    """{HOSTILE}"""\n    return "{HOSTILE}"'
    service.client(ann).post(
        "/assignments/small/submissions",
        files={"notebook": (f"{HOSTILE}.ipynb".replace("/", ""), notebook(code))},
        follow_redirects=False,
    )
    assert service.grade() == 1
    return service


def pages(service: Service) -> list[tuple[object, str]]:
    with service.database.reading() as connection:
        (mine,) = submissions.of(connection, service.student)
    of_student = ("/", "/assignments/small", f"/submissions/{mine.public}", "/tokens")
    of_class = ["", "/mistakes", "/report", "/history", "/regrade", f"/students/{service.student.public}"]
    return [
        *((service.student, path) for path in of_student),
        *((service.instructor, f"/classes/small{path}") for path in of_class),
        *((service.instructor, path) for path in ("/", "/ways-in", "/no/such/page")),
        (None, "/"),
    ]


def test_no_page_has_a_script_in_it_whatever_is_on_it(full: Service):
    wrong = {}
    for person, path in pages(full):
        answer = full.client(person).get(path)
        policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
        script = policy.get("script-src", policy["default-src"])
        if script not in {"'self'", "'none'"} or Active(answer.text).found or HOSTILE in answer.text:
            wrong[path] = (script, Active(answer.text).found)
        if "<style" in answer.text and "'unsafe-inline'" not in policy["style-src"]:
            wrong[path] = "its style is not shown"
        assert policy["base-uri"] == "'none'"
        assert policy["object-src"] == "'none'"
    assert wrong == {}


def test_every_answer_has_the_headers(full: Service):
    for person, path in pages(full):
        answer = full.client(person).get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_a_fault_of_ours_shows_no_traceback(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(people, "all_of", lambda *args: 1 / 0)
    answer = service.client(service.instructor).get("/ways-in/links.csv")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_log_has_no_name_no_address_and_no_secret(full: Service, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "grader.server.requests")
    link = link_of(full.services, full.student)
    full.client().get(link)
    for person, path in pages(full):
        full.client(person).get(path, params={"find": "Ann Lee"})
    text = caplog.text
    assert "GET /enter/{text} 303" in text
    assert "GET (no such address) 404" in text
    for secret in (link.rpartition("/")[2], full.student.public, "Ann", "alert(1)", "/no/such/page"):
        assert secret not in text


def test_a_flood_of_one_is_told_to_wait_and_slows_nobody_else(service: Service):
    limited = service.with_settings(requests_a_second=2)
    flood, other = limited.client(service.student), limited.client(service.instructor)
    statuses = [flood.get("/assignments/small").status_code for _ in range(12)]
    assert statuses[:8] == [200] * 8
    assert statuses[8:] == [429] * 4
    assert flood.get("/assignments/small").headers["retry-after"] == "1"
    assert other.get("/classes/small").status_code == 200
    service.clock.wait(seconds=1)
    assert flood.get("/assignments/small").status_code == 200
