"""Submitting on a page: what is stored, what is refused, and what is seen then."""

from __future__ import annotations

import asyncio

import pytest
from serving import Service

from grader.server.store import queue, submissions

TO = "/assignments/small/submissions"


def sent(service: Service, content: bytes, name: str = "mine.ipynb", to: str = TO):
    client = service.client(service.student)
    return client.post(to, files={"notebook": (name, content)}, follow_redirects=False)


def test_a_right_notebook_is_stored_graded_and_shown(service: Service, notebooks: dict[str, bytes]):
    answer = sent(service, notebooks["right"])

    assert answer.status_code == 303
    assert service.grade() == 1
    page = service.client(service.student).get(answer.headers["location"])
    assert page.status_code == 200
    assert "5 of 5" in page.text or "5/5" in page.text


def test_the_same_bytes_again_are_the_same_attempt(service: Service, notebooks: dict[str, bytes]):
    first, second = (sent(service, notebooks["right"]).headers["location"] for _ in range(2))

    assert first == second
    with service.database.reading() as connection:
        assert len(submissions.of(connection, service.student)) == 1
        assert queue.waiting(connection) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("mine.ipynb", b"<!DOCTYPE html>\n<html>", "web page", id="a web page"),
        pytest.param("mine.ipynb", b"", "empty", id="an empty file"),
        pytest.param(
            "other.ipynb", "other", "none of the 1 graded functions of small", id="another exercise"
        ),
    ],
)
def test_what_is_no_notebook_of_it_is_refused_at_once_with_the_reason(
    service: Service, notebooks: dict[str, bytes], name: str, content: bytes | str, says: str
):
    answer = sent(service, notebooks[content] if isinstance(content, str) else content, name)

    assert answer.status_code == 422
    assert says in answer.text
    with service.database.reading() as connection:
        assert submissions.of(connection, service.student) == []


@pytest.mark.parametrize("as_form", [True, False], ids=["in a form", "as it is"])
def test_what_turns_out_to_be_too_large_is_read_to_its_end_and_refused(service: Service, as_form: bool):
    read = 0

    def endless():
        nonlocal read
        yield b'--x\r\nContent-Disposition: form-data; name="notebook"; filename="a.ipynb"\r\n\r\n'
        while read < 300 << 20:
            read += 1 << 20
            yield b" " * (1 << 20)
        yield b"\r\n--x--\r\n"

    client = service.with_settings(max_upload=1 << 20).client(service.student)
    kind = {"content-type": "multipart/form-data; boundary=x"} if as_form else {}

    answer = client.post(TO, content=endless(), headers=kind)

    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.text
    assert read == 300 << 20
    with service.database.reading() as connection:
        assert submissions.of(connection, service.student) == []


def test_a_connection_that_is_cut_stores_nothing(service: Service):
    from starlette.requests import Request

    from grader.errors import RefusedError
    from grader.server.uploads import received

    messages = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])

    async def receive():
        return next(messages)

    request = Request({"type": "http", "method": "POST", "headers": [], "query_string": b""}, receive)
    with pytest.raises(RefusedError, match="The connection was cut"):
        asyncio.run(received(request, service.services))
