"""A service that listens: an HTTP server and a grader, each in a thread of this process, and its people."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from serving import Service, new_service

from grader.assignments.course import Course
from grader.server.identity.links import link_of
from grader.server.queue.graders import Graders
from grader.server.queue.worker import grade_next
from grader.server.store import people
from grader.server.store.people import Person

PAUSE = 0.02


@dataclass(frozen=True)
class Live:
    """A service that listens at an address, and grades unless it is told not to."""

    service: Service
    url: str
    grading: threading.Event

    def link(self, person: Person) -> str:
        return link_of(self.service.services, person)

    def person(self, key: str, name: str) -> Person:
        """A new student."""
        with self.service.database.writing() as connection:
            return people.add(connection, key, "student", name=name, email=f"{key}@example.org")

    def submit(self, person: Person, content: bytes, name: str = "mine.ipynb") -> str:
        """Hand in a notebook; return the address of the submission."""
        sent = self.service.client(person).post(
            "/assignments/small/submissions", files={"notebook": (name, content)}, follow_redirects=False
        )
        assert sent.status_code == 303, sent.text
        return urlsplit(sent.headers["location"]).path

    def settled(self) -> None:
        """Wait until all is graded."""
        until = time.monotonic() + 30
        while self.service.client().get("/health").json()["waiting"]:
            assert time.monotonic() < until
            time.sleep(PAUSE)


@contextmanager
def listening(course: Course, folder: Path, graders: Graders) -> Iterator[Live]:
    """Serve a course, and grade, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        made = new_service(course, folder, graders)
        settings = replace(made.services.settings, base_url=url)
        service = replace(made, services=replace(made.services, settings=settings))
        server = uvicorn.Server(
            uvicorn.Config(service.app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        )
        live = Live(service, url, threading.Event())
        live.grading.set()
        ended = threading.Event()
        threads = [
            threading.Thread(target=server.run, args=([listener],)),
            threading.Thread(target=_grade, args=(live, ended)),
        ]
        for thread in threads:
            thread.start()
        try:
            yield live
        finally:
            ended.set()
            server.should_exit = True
            for thread in threads:
                thread.join(10)
            service.database.close()


def _grade(live: Live, ended: threading.Event) -> None:
    while not ended.is_set():
        if not live.grading.is_set() or not grade_next(live.service.services, live.service.graders, "live"):
            time.sleep(PAUSE)
