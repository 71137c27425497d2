"""Hostile addresses, headers, forms and files: the right status, nothing stored, nothing told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest
from serving import Service, new_service
from starlette.testclient import TestClient

from grader.assignments.course import Course
from grader.server.queue.graders import Graders
from grader.server.store import events, submissions

TO = "/assignments/small/submissions"


@pytest.fixture(scope="module")
def shared(
    tiny_course: Course, tmp_path_factory: pytest.TempPathFactory, graders: Graders
) -> Iterator[Service]:
    """A service of which nothing is changed: all that it is sent is refused."""
    made = new_service(tiny_course, tmp_path_factory.mktemp("shared"), graders)
    yield made
    made.database.close()


PATHS = (
    "/static/../../../../etc/passwd",
    "/static/0/..%2f..%2f..%2fetc%2fpasswd",
    "/static/0/%2e%2e/%2e%2e/etc/passwd",
    "/static/0/style.css%00.html",
    "/static//etc/passwd",
    "/assignments/..%2f..%2fsolutions%2fsmall.py",
    "/assignments/%2e%2e%2fservice/handout.zip",
    "/assignments/small%00",
    "/assignments/small/%2e%2e/%2e%2e/ways-in",
    "/assignments/" + "a" * 5000,
    "/assignments/%ff%fe",
    "/assignments/\u202esmall",
    "/assignments/small\\..\\..",
    "/classes/..%2f..%2fservice",
    "/submissions/' OR '1'='1",
    "/submissions/%27%3B%20DROP%20TABLE%20people%3B--",
    "/enter/" + "A" * 5000,
    "/enter/....",
    "/api/v1/assignments/..%2f..%2fsolutions%2fsmall.py",
    "/.git/config",
    "/service/secret",
    "/service/service.db",
    "http://127.0.0.1:8000//evil.example/x",
    "/%2f%2fevil.example/",
    "/ways-in/",
    "/lti/keys/",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", ["nobody", "student", "instructor"])
def test_an_address_that_climbs_is_nothing(shared: Service, path: str, role: str):
    person = {"nobody": None, "student": shared.student, "instructor": shared.instructor}[role]
    answer = shared.client(person).get(path, follow_redirects=False)
    assert answer.status_code in {401, 404}
    assert "location" not in answer.headers
    for secret in ("root:", "def double", shared.services.settings.secret):
        assert secret not in answer.text


HEADERS = (
    {"host": "evil.example"},
    {"host": "evil.example", "x-forwarded-host": "evil.example"},
    {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"},
    {"x-original-url": "/ways-in", "x-rewrite-url": "/ways-in"},
    {"x-http-method-override": "POST"},
    {"x-forwarded-user": "iris", "remote-user": "iris", "x-user": "iris"},
    {"authorization": "Basic aXJpczppcmlz"},
    {"authorization": "Bearer "},
    {"authorization": "Bearer " + "x" * 10_000},
    {"accept-language": "<script>alert(1)</script>"},
    {"referer": "https://evil.example/<script>"},
    {"range": "bytes=0-999999999999999999"},
    {"cookie": "grader=" + "x" * 30_000},
    {"cookie": "; ".join(f"a{n}=b" for n in range(2000))},
    {"content-length": "99999999999999999999999"},
    {"sec-fetch-site": "same-origin\tnone"},
)


@pytest.mark.parametrize("headers", HEADERS, ids=[*map(str, range(len(HEADERS)))])
@pytest.mark.parametrize("path", ["/", "/ways-in", "/api/v1/me", "/assignments/small"])
def test_no_header_makes_anybody_somebody(shared: Service, headers: dict[str, str], path: str):
    answer = shared.client().get(path, headers=headers, follow_redirects=False)
    assert answer.status_code == {"/": 200, "/api/v1/me": 401}.get(path, 404)
    assert "evil.example" not in answer.text + str(answer.headers)
    assert "Leave" not in answer.text


def multipart(
    name: str = "notebook", file: str = "mine.ipynb", content: bytes = b"{}", end: str = "--"
) -> bytes:
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
    return head.encode("utf-8", "surrogatepass") + content + f"\r\n--edge{end}\r\n".encode()


FORM = "multipart/form-data; boundary=edge"
FORMS = {
    "no boundary": ("multipart/form-data", multipart()),
    "another boundary": ("multipart/form-data; boundary=other", multipart()),
    "a long boundary": ("multipart/form-data; boundary=" + "x" * 10_000, multipart()),
    "no end": (FORM, multipart(end="")),
    "nothing": (FORM, b""),
    "two files": (FORM, multipart(end="") + multipart()),
    "another field": (FORM, multipart(name="file")),
    "a field with a long name": (FORM, multipart(name="x" * 100_000)),
    "a thousand fields": (
        FORM,
        b"".join(b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' for _ in range(1000))
        + b"--edge--",
    ),
    "a field of a megabyte": (
        FORM,
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * (1 << 20) + b"\r\n--edge--",
    ),
    "a long header": (FORM, b"--edge\r\nX: " + b"y" * 100_000 + b"\r\n\r\nz\r\n--edge--"),
    "no disposition": (FORM, b"--edge\r\n\r\n{}\r\n--edge--\r\n"),
    "a charset that is none": (FORM + "; charset=no-such", multipart()),
    "bytes that are no text": (FORM, b"\xff\xfe--edge\x00\r\n" * 50),
    "a small form": ("application/x-www-form-urlencoded", b"notebook=x&csrf=y"),
    "json": ("application/json", b'{"notebook": "x"}'),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_that_is_none_is_refused(shared: Service, kind: str):
    content_type, body = FORMS[kind]
    answer = shared.client(shared.student).post(TO, content=body, headers={"content-type": content_type})
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
    with shared.database.reading() as connection:
        assert submissions.of(connection, shared.student) == []


NAMES = (
    "../../../etc/cron.d/x.ipynb",
    "..\\..\\windows\\x.ipynb",
    "/etc/passwd",
    "x\x00.ipynb",
    "<script>alert(1)</script>.ipynb",
    "=cmd|' /C calc'!A0.ipynb",
    "\u202egpj.ipynb",
    "x" * 5000 + ".ipynb",
    "\ud800.ipynb",
    'a";evil="b.ipynb',
    "a\r\nX-Evil: 1.ipynb",
    "",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_name_is_only_a_name(service: Service, notebooks: dict[str, bytes], name: str):
    client = service.client(service.student)
    body = multipart(file=name.replace('"', "%22"), content=notebooks["right"])
    answer = client.post(TO, content=body, headers={"content-type": FORM}, follow_redirects=False)
    with service.database.reading() as connection:
        stored = submissions.of(connection, service.student)
    assert answer.status_code in {303, 400, 403}
    for one in stored:
        assert "/" not in one.file
        assert one.file.isprintable()
        assert len(one.file) <= 200
    service.grade()
    for page in ("/assignments/small", *(f"/submissions/{one.public}" for one in stored)):
        shown = client.get(page)
        assert shown.status_code in {200, 202}
        assert "<script>alert" not in shown.text
    assert "x-evil" not in answer.headers


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mine.ipynb", b"0" * 50_000_000)
        made.writestr("../../../../tmp/climbed.ipynb", b"{}")
    return held.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a zip bomb with names that climb": bomb,
    "a zip that is damaged": lambda: b"PK\x03\x04" + b"\xff" * 500,
    "deep lists": lambda: b"[" * 100_000 + b"]" * 100_000,
    "deep objects": lambda: b'{"cells":' * 50_000 + b"1" + b"}" * 50_000,
    "a long number": lambda: b'{"cells": [' + b"9" * 100_000 + b"]}",
    "a number without a value": lambda: b'{"cells": [], "nbformat": NaN}',
    "keys that are the same": lambda: b"{" + b'"cells": [],' * 50_000 + b'"x": 1}',
    "no bytes": lambda: b"",
    "zeros": lambda: bytes(1000),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a page": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "a notebook of pickles": lambda: b"\x80\x04\x95\x00\x00\x00\x00",
    "cells that are none": lambda: json.dumps({"cells": {"a": 1}, "nbformat": 4}).encode(),
    "a format of the future": lambda: json.dumps({"cells": [], "nbformat": 99, "metadata": {}}).encode(),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_is_refused_with_a_sentence(shared: Service, kind: str):
    client = shared.client(shared.student)
    answer = client.post(TO, files={"notebook": ("mine.ipynb", FILES[kind]())})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    with shared.database.reading() as connection:
        assert submissions.of(connection, shared.student) == []


FORM_FIELDS = {
    "a formula": "=1+1",
    "markup": "</textarea><script>alert(1)</script>",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "an attribute": '" autofocus onfocus="alert(1)',
    "lines": "a\r\nSet-Cookie: x=y",
    "turned text": "\u202eabc\u0000",
    "long": "x" * 60_000,
    "sql": "'); DROP TABLE people; --",
}


@pytest.mark.parametrize("kind", FORM_FIELDS)
def test_what_is_typed_is_shown_as_text(service: Service, notebooks: dict[str, bytes], kind: str):
    service.client(service.student).post(
        TO, files={"notebook": ("mine.ipynb", notebooks["wrong"])}, follow_redirects=False
    )
    service.grade()
    client, typed = service.client(service.instructor), FORM_FIELDS[kind]
    one = f"/classes/small/students/{service.student.public}"
    pages = [
        client.post(f"{one}/adjust", data={"action": "add", "value": "1", "because": typed}),
        client.post(f"{one}/adjust", data=dict.fromkeys(("action", "value", "because", "back"), typed)),
        client.post("/ways-in/link", data={"who": typed}),
        client.post("/ways-in/platforms", data=dict.fromkeys(("kind", "name", "issuer", "client_id"), typed)),
        client.post("/classes/small/mistakes", data={"group": typed, "text": typed}),
        client.post("/tokens", data={"name": typed}),
        client.get("/classes/small", params={"find": typed}),
        client.get("/classes/small/history"),
    ]
    for page in pages:
        assert page.status_code < 500
        assert "<script>alert" not in page.text
        assert 'onfocus="alert' not in page.text
        assert "49{%" not in page.text
        assert page.headers.get("set-cookie", "") == ""
    with service.database.reading() as connection:
        assert len(events.latest(connection)) > 0


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/classes/small@evil",
    ],
)
def test_nobody_is_sent_to_another_site(service: Service, notebooks: dict[str, bytes], back: str):
    service.client(service.student).post(
        TO, files={"notebook": ("mine.ipynb", notebooks["wrong"])}, follow_redirects=False
    )
    service.grade()
    client = service.client(service.instructor)
    answer = client.post(
        f"/classes/small/students/{service.student.public}/adjust",
        data={"action": "add", "value": "1", "because": "x", "back": back},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/classes/small/students/")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "OPTIONS"])
def test_other_methods_do_nothing(shared: Service, method: str):
    answer = shared.client(shared.instructor).request(method, "/ways-in")
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


def test_a_large_form_is_refused_before_it_is_read(shared: Service):
    client: TestClient = shared.client(shared.instructor)
    answer = client.post("/ways-in/platforms", content=b"name=" + b"x" * 200_000, headers=FORM_HEADERS)
    assert answer.status_code == 413


FORM_HEADERS = {"content-type": "application/x-www-form-urlencoded"}
