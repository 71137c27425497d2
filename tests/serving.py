"""A service in this process, with a clock that tests set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from grader.assignments.course import Course
from grader.server.app import create_app
from grader.server.catalogue import Catalogue
from grader.server.identity import csrf
from grader.server.identity.cookies import cookie_name
from grader.server.queue.graders import Graders
from grader.server.queue.worker import grade_next
from grader.server.services import Services
from grader.server.settings import settings_of
from grader.server.store import people, sessions
from grader.server.store.database import Database, open_database
from grader.server.store.migration import migrate
from grader.server.store.people import Person

START = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        self.time += timedelta(microseconds=1)
        return self.time

    def wait(self, **time: float) -> None:
        self.time += timedelta(**time)


@dataclass(frozen=True)
class Service:
    """A service with three people."""

    services: Services
    clock: Clock
    student: Person
    assistant: Person
    instructor: Person
    graders: Graders

    @property
    def database(self) -> Database:
        return self.services.database

    @cached_property
    def app(self) -> Starlette:
        return create_app(self.services)

    def client(self, person: Person | None = None) -> TestClient:
        """A browser in which somebody is signed in, on a page of ours: what it sends has the page's token."""
        client = TestClient(self.app, self.services.settings.base_url, raise_server_exceptions=False)
        session = ""
        if person:
            with self.database.writing() as connection:
                session = sessions.begin(connection, person, self.clock())
            client.cookies.set(cookie_name(self.services), session)
        token = csrf.token(session, self.services.settings.secret)
        client.headers.update({"sec-fetch-site": "same-origin", csrf.HEADER: token})
        return client

    def grade(self) -> int:
        """Grade all that waits; return how many that were."""
        count = 0
        while grade_next(self.services, self.graders, "tests"):
            count += 1
        return count

    def with_settings(self, **change: object) -> Service:
        settings = replace(self.services.settings, **change)
        return replace(self, services=replace(self.services, settings=settings))


def new_service(course: Course, folder: Path, graders: Graders) -> Service:
    """A new service with three people and nothing submitted, in which nobody asks too much."""
    settings = settings_of(course, folder, isolation="weak", requests_a_second=1000)
    database = open_database(settings.database)
    migrate(database)
    clock = Clock()
    with database.writing() as connection:
        ann = people.add(connection, "ann", "student", name="Ann Lee", email="ann@example.org")
        ben = people.add(connection, "ben", "assistant", name="Ben Ode")
        iris = people.add(connection, "iris", "instructor", name="Iris Moe")
    return Service(Services(settings, database, Catalogue(course), clock), clock, ann, ben, iris, graders)
