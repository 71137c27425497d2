"""What is sent drop by drop holds no place of others, and what is sent at once is done once each."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from serving import Service

from grader.server import web
from grader.server.identity import forms
from grader.server.store import marks, submissions

PATIENCE = 20.0


@pytest.fixture
def address(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A service that listens, and waits for the head of a request and for a form for a moment only."""
    monkeypatch.setattr(web, "HEAD", 0.5)
    monkeypatch.setattr(forms, "LONGEST", 0.5)
    config = uvicorn.Config(
        service.app, "127.0.0.1", 0, log_level="critical", http=web.Prompt, ws="none", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()
    server.should_exit = True
    thread.join()


def dripped(address: tuple[str, int], before: bytes, drop: bytes) -> bytes:
    """Send something, then drop by drop until the connection is closed; return all that was answered."""
    answer = b""
    with socket.create_connection(address, timeout=0.1) as connection:
        until = time.monotonic() + PATIENCE
        try:
            connection.sendall(before)
            while time.monotonic() < until:
                connection.sendall(drop)
                try:
                    if not (some := connection.recv(1 << 16)):
                        return answer
                except TimeoutError:
                    continue
                answer += some
        except (ConnectionResetError, BrokenPipeError):
            return answer
    raise AssertionError("it was never closed")


HEAD = b"GET /health HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    ("before", "answered"),
    [
        pytest.param(b"", b"", id="nothing"),
        pytest.param(HEAD, b"", id="half a head"),
        pytest.param(HEAD + b"\r\n" + HEAD, b'"waiting":0', id="half a second head"),
    ],
)
def test_a_head_that_comes_drop_by_drop_is_not_waited_for(
    address: tuple[str, int], before: bytes, answered: bytes
):
    drop = b"X: y\r\n" if before else b""
    assert answered in dripped(address, before, drop)


def test_a_form_that_comes_drop_by_drop_is_refused(address: tuple[str, int]):
    head = b"POST /lti/launch HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"

    assert b"The connection was cut." in dripped(address, head, b"a")


@pytest.fixture
def together() -> Iterator[Callable[..., list]]:
    """Does something several times at once."""
    with ThreadPoolExecutor(6) as pool:
        yield lambda do, what: [*pool.map(do, what)]


def test_of_what_is_handed_in_at_once_each_is_one_attempt(
    service: Service, notebooks: dict[str, bytes], together: Callable[..., list]
):
    there = service.with_settings(attempts_a_minute=100)
    client = there.client(there.student)

    def hand_in(number: int) -> str:
        sent = client.post(
            "/assignments/small/submissions",
            files={"notebook": ("a.ipynb", notebooks["right"] + b" " * number)},
            follow_redirects=False,
        )
        return sent.headers["location"]

    places = together(hand_in, range(6))
    with there.database.reading() as connection:
        attempts = submissions.of(connection, there.student)
    assert sorted(place.rpartition("/")[2] for place in places) == sorted(one.public for one in attempts)
    assert [one.attempt for one in attempts] == [1, 2, 3, 4, 5, 6]


def test_more_at_once_than_a_minute_allows_are_refused(
    service: Service, notebooks: dict[str, bytes], together: Callable[..., list]
):
    there = service.with_settings(attempts_a_minute=2)
    client = there.client(there.student)

    def hand_in(number: int) -> int:
        content = notebooks["right"] + b" " * number
        sent = {"notebook": ("a.ipynb", content)}
        return client.post("/assignments/small/submissions", files=sent, follow_redirects=False).status_code

    assert sorted(together(hand_in, range(6))) == [303] * 2 + [429] * 4


def test_of_what_is_decided_at_once_nothing_is_lost(
    service: Service, notebooks: dict[str, bytes], together: Callable[..., list]
):
    sent = {"notebook": ("a.ipynb", notebooks["wrong"])}
    service.client(service.student).post("/assignments/small/submissions", files=sent, follow_redirects=False)
    service.grade()
    iris = service.client(service.instructor)
    page = f"/classes/small/students/{service.student.public}/adjust"

    def adjust(number: int) -> int:
        typed = {"action": "add", "value": "0.5", "because": f"reason {number}"}
        return iris.post(page, data=typed, follow_redirects=False).status_code

    assert together(adjust, range(6)) == [303] * 6
    with service.database.reading() as connection:
        decided = marks.adjustments(connection, "small")
    assert sorted(one.because for one in decided) == [f"reason {number}" for number in range(6)]
