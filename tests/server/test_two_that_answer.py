"""Two processes answer: either does what the other would, and they count together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from grader.assignments.course import Course
from grader.server.run import prepare
from grader.server.settings import settings_of
from grader.server.store import people, tokens

PATIENCE = 60.0
COUNTED = ("grader_request_seconds_count", "GET /health", "200")


@dataclass(frozen=True)
class Served:
    """A service that `grader serve` serves, and its processes that answer."""

    address: str
    processes: tuple[int, ...]
    headers: dict[str, str]

    def ask(self, path: str) -> httpx.Response:
        """Ask over a connection of its own."""
        return httpx.get(self.address + path, headers=self.headers, timeout=PATIENCE)

    def counted(self) -> float:
        """How many questions for the health of the service were answered."""
        text = self.ask("/api/v1/metrics").text
        samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
        return sum(one.value for one in samples if (one.name, *one.labels.values()) == COUNTED)


@contextmanager
def without(process: int) -> Iterator[None]:
    """Stop a process for a while."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.fixture(scope="module")
def served(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("served") / "data"
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    services = prepare(settings_of(tiny_course, data, isolation="weak"))
    with services.database.writing() as connection:
        (instructor,) = people.all_of(connection, "instructor")
        token = tokens.make(connection, instructor, "tests", services.now(), None)
    services.database.close()
    typed = ["serve", "--listen", listen, "--isolation", "weak", "--jobs", "1"]
    places = ["--course", str(tiny_course.root), "--data", str(data)]
    command = [sys.executable, "-m", "grader", *typed, *places]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        made = Served(f"http://{listen}", (), {"Authorization": f"Bearer {token}"})
        try:
            yield Served(made.address, begun(made, process.pid), made.headers)
        finally:
            process.terminate()


def begun(served: Served, supervisor: int) -> tuple[int, ...]:
    """Wait until a service answers; return its processes that do."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
            names = {int(pid): Path(f"/proc/{pid}/comm").read_text() for pid in children}
            answering = tuple(pid for pid, name in names.items() if name.startswith("answers"))
            if len(answering) > 1 and served.ask("/health").status_code == 200:
                return answering
        except (httpx.TransportError, OSError):  # not yet; one that begins may end before its name is read
            time.sleep(0.1)
    raise AssertionError("it never answered")


def test_what_either_of_them_answers_is_counted_by_both(served: Served):
    before = served.counted()
    for one in served.processes:
        with without(one):
            assert [served.ask("/health").status_code for _ in range(3)] == [200] * 3
    for one in served.processes:
        with without(one):
            assert served.counted() == before + 6


def test_while_one_of_them_is_dead_the_other_answers(served: Served):
    os.kill(served.processes[0], signal.SIGKILL)

    assert [served.ask("/health").status_code for _ in range(3)] == [200] * 3
