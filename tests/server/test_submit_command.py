"""Handing in from a terminal or a notebook, over HTTP: the receipt, the feedback, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from serving import Service

from grader.public_tests import hand_in as client
from grader.public_tests.hand_in import Ended, hand_in, place_of
from grader.server.app import create_app
from grader.server.store import tokens


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine."""
    config = uvicorn.Config(app, "127.0.0.1", 0, log_level="critical", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


class Terminal:
    """What somebody sees, and types when asked for a token."""

    def __init__(self, *tokens: str) -> None:
        self.lines: list[str] = []
        self.tokens = [*tokens]

    def tell(self, text: str) -> None:
        self.lines += text.splitlines()

    def ask(self, prompt: str) -> str:
        return self.tokens.pop(0)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def submit(self, to: str, file: Path, **options: Any) -> Ended:
        return hand_in(to, str(file), tell=self.tell, ask=self.ask, **options)


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    with listening(create_app(service.services)) as where:
        yield where


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: Service) -> Path:
    """A home of its own; whoever waits gives the service time to grade."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GRADER_TOKEN", raising=False)
    monkeypatch.setattr(client.time, "sleep", lambda _: service.grade())
    return tmp_path / "config"


@pytest.fixture
def token(service: Service) -> str:
    with service.database.writing() as connection:
        return tokens.make(connection, service.student, "tests", service.clock(), None)


@pytest.fixture
def mine(tmp_path: Path, notebooks: dict[str, bytes]) -> Path:
    file = tmp_path / "mine.ipynb"
    file.write_bytes(notebooks["wrong"])
    return file


def test_the_receipt_and_the_feedback_are_told(address: str, token: str, mine: Path):
    terminal = Terminal(token)

    ended = terminal.submit(f"{address}/assignments/small", mine)

    assert ended.status == 0
    assert (ended.message["status"], ended.message["points"]) == ("graded", 0)
    asked, received, digest, *feedback, page = terminal.lines
    assert asked == f"Make a token at {address}/tokens, and paste it here."
    assert received == "Received as attempt 1 of small, at 2026-11-29 12:00:00 UTC."
    assert digest.endswith(ended.message["sha256"])
    assert feedback[0].startswith("mine.ipynb   0 of 5")
    assert "yours" in terminal.text
    assert page == f"Your page: {ended.message['address']}"


def test_a_token_is_asked_for_once_and_kept_where_nobody_else_reads_it(
    address: str, token: str, mine: Path, home: Path
):
    Terminal(token).submit(address, mine)
    again = Terminal()

    assert again.submit(address, mine).status == 0
    assert again.lines[0].startswith("It is the same file as before, as attempt 1 of small")
    kept = home / "grader/tokens.json"
    assert json.loads(kept.read_text()) == {address: token}
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_wrong_token_is_not_kept(address: str, mine: Path, home: Path):
    terminal = Terminal("grader_wrong")

    assert terminal.submit(address, mine).status == 2
    assert "missing, wrong, expired or revoked" in terminal.text
    assert not (home / "grader/tokens.json").exists()


def test_a_notebook_of_another_exercise_is_refused_with_the_reason(
    address: str, token: str, tmp_path: Path, notebooks: dict[str, bytes]
):
    other = tmp_path / "other.ipynb"
    other.write_bytes(notebooks["other"])
    terminal = Terminal(token)

    assert terminal.submit(address, other, assignment="small").status == 1
    assert "none of the 1 graded functions of small" in terminal.text


def test_feedback_that_takes_longer_is_left_to_the_page(address: str, token: str, mine: Path):
    terminal = Terminal(token)

    ended = terminal.submit(address, mine, wait=0.0)
    assert (ended.status, ended.message["status"]) == (0, "waiting")
    assert terminal.lines[-2] == "It is stored, and not graded yet."


def test_a_notebook_that_was_renamed_is_found_if_it_is_the_only_one(address: str, token: str, mine: Path):
    assert (
        Terminal(token).submit(address, mine.with_name("as_released.ipynb")).message["file"] == "mine.ipynb"
    )


@pytest.mark.parametrize(
    "to", ["", "mine", "ftp://127.0.0.1", "https://", "http://a@127.0.0.1", "http://[", "file:///etc/passwd"]
)
def test_what_is_no_address_is_told(to: str, mine: Path):
    terminal = Terminal()

    assert terminal.submit(to, mine).status == 2
    assert terminal.lines[0] == f"{to} is no address of a service."


@pytest.mark.parametrize(
    ("copied", "place"),
    [
        ("https://a.example", ("https://a.example", "")),
        ("https://a.example/", ("https://a.example", "")),
        (" https://a.example:8443/assignments/small?x=1#y ", ("https://a.example:8443", "small")),
        ("https://a.example/submissions/x", ("https://a.example", "")),
    ],
)
def test_any_page_of_a_service_is_its_address(copied: str, place: tuple[str, str]):
    assert place_of(copied) == place


def test_a_service_that_is_away_is_asked_again_and_then_told(mine: Path, monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    monkeypatch.setenv("GRADER_TOKEN", "grader_x")
    terminal = Terminal()

    assert terminal.submit("http://127.0.0.1:9", mine).status == 2
    assert waited == [1, 2, 4, 8]
    assert "cannot be reached" in terminal.lines[-2]


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    """An application that sends whoever asks to another host, with a text that would turn a terminal red."""
    headers = [(b"location", b"http://127.0.0.1:9/"), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"title": "\\u001b[31mred"}'})


def test_a_redirection_is_not_followed_and_nothing_of_it_reaches_the_terminal(
    mine: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GRADER_TOKEN", "grader_x")
    terminal = Terminal()

    with listening(elsewhere) as address:
        assert terminal.submit(address, mine).status == 2
    assert terminal.lines == ["�[31mred"]


def test_what_is_no_service_of_grader_is_told_with_what_to_type(mine: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GRADER_TOKEN", "grader_x")
    terminal = Terminal()

    with listening(another) as address:
        assert terminal.submit(address, mine).status == 2
    assert terminal.lines[0] == "The service is at another address, or it is none of grader."
    assert "as your browser shows it" in terminal.lines[1]


async def another(scope: Any, receive: Any, send: Any) -> None:
    """An application that knows nothing of us."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"<h1>Not found</h1>"})


def test_a_name_or_a_scheme_that_is_wrong_is_not_tried_again(
    address: str, mine: Path, monkeypatch: pytest.MonkeyPatch
):
    waited: list[float] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    monkeypatch.setenv("GRADER_TOKEN", "grader_x")
    terminal = Terminal()

    for wrong in (address.replace("http:", "https:"), "http://no-such-host.invalid"):
        assert terminal.submit(wrong, mine).status == 2
        assert "Are you online? Type the address" in terminal.lines[-1]
    assert waited == []


def test_a_file_that_is_far_too_large_is_refused_and_not_cut_off(
    service: Service, token: str, tmp_path: Path
):
    """It takes longer to send than anything keeps for it on the way."""
    large = tmp_path / "large.ipynb"
    with large.open("wb") as file:
        file.truncate(64 << 20)
    terminal = Terminal(token)

    with listening(create_app(service.with_settings(max_upload=1 << 20).services)) as address:
        assert terminal.submit(address, large).status == 1
    assert terminal.lines[-2] == "This file is larger than 1 MB."
    assert terminal.lines[-1] == "  Clear its outputs, save it, and submit it again."


def test_an_assignment_that_is_not_there_is_told_by_its_name(address: str, token: str, mine: Path):
    terminal = Terminal(token)

    assert terminal.submit(address, mine, assignment="smal").status == 2
    assert terminal.lines[-2] == "There is no assignment smal there, or not for you."


def test_a_notebook_of_nothing_is_refused_in_words_for_students(
    address: str, token: str, tmp_path: Path, notebooks: dict[str, bytes]
):
    (tmp_path / "other.ipynb").write_bytes(notebooks["other"])
    terminal = Terminal(token)

    assert terminal.submit(f"{address}/assignments/small", tmp_path / "other.ipynb").status == 1
    assert "--map" not in terminal.text


def test_the_command_prints_what_the_service_answers_as_json(
    service: Service, address: str, token: str, mine: Path
):
    command = [sys.executable, "-m", "grader", "submit", str(mine), "--to", address, "--json", "--wait", "0"]
    environment = {**os.environ, "GRADER_TOKEN": token}

    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)

    assert (ended.returncode, ended.stderr.splitlines()[0][:8]) == (0, "Received")
    printed = json.loads(ended.stdout)
    assert (printed["file"], printed["attempt"]) == ("mine.ipynb", 1)
    assert datetime.fromisoformat(printed["received_at"]).year == 2026


def test_the_command_without_a_token_or_a_terminal_says_where_to_get_one(address: str, mine: Path):
    command = [sys.executable, "-m", "grader", "submit", str(mine), "--to", address]

    ended = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"Make one at {address}/tokens, and set GRADER_TOKEN to it." in ended.stderr


def test_the_command_prints_the_feedback_and_says_beside_it_what_is_wrong(
    address: str, token: str, mine: Path, tmp_path: Path, notebooks: dict[str, bytes]
):
    (tmp_path / "other.ipynb").write_bytes(notebooks["other"])
    printed = {}
    for file, key in ((mine, token), (tmp_path / "other.ipynb", token), (mine, "grader_wrong")):
        command = [sys.executable, "-m", "grader", "submit", str(file), "--to", address, "--wait", "0"]
        environment = {**os.environ, "GRADER_TOKEN": key}
        ended = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=60, check=False
        )
        printed[ended.returncode] = ended.stdout.splitlines()[:1], ended.stderr.splitlines()
    assert printed[0][0][0].startswith("Received as attempt 1 of small")
    assert printed[0][1] == []
    assert printed[1][0] == []
    assert "none of the 1 graded functions" in printed[1][1][0]
    assert printed[2] == (
        [],
        [
            "This token is missing, wrong, expired or revoked.",
            f"  Make one at {address}/tokens, and set GRADER_TOKEN to it.",
        ],
    )
