"""Makes the pages of a service of which the documentation has pictures."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sample_class import ASSIGNMENT
from starlette.testclient import TestClient

from grader.assignments.course import shipped_course
from grader.authoring.sample_class import sample_class
from grader.errors import RefusedError
from grader.server.app import create_app
from grader.server.identity.cookies import cookie_name
from grader.server.pages import static
from grader.server.queue.graders import Graders
from grader.server.queue.worker import grade_next
from grader.server.run import prepare
from grader.server.services import Services
from grader.server.settings import settings_of
from grader.server.store import people, sessions
from grader.server.uploads import Received, accept

BEGUN = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PAGES = {"service-student": ("fatima", "/assignments/{}"), "service-class": ("instructor", "/classes/{}")}
"""What is photographed: whose page, and its address."""


class Clock:
    """A clock by which each look is a minute after the one before."""

    def __init__(self) -> None:
        self.time = BEGUN

    def __call__(self) -> datetime:
        """Return the time."""
        self.time += timedelta(minutes=1)
        return self.time


def service_pages() -> Mapping[str, str]:
    """Return pages of a service with the sample class, by name, with their style in them."""
    with tempfile.TemporaryDirectory() as folder:
        course = shipped_course()
        services = replace(prepare(settings_of(course, Path(folder), isolation="weak")), now=Clock())
        _fill(services)
        app = create_app(services)
        made = {name: _page(app, services, *page) for name, page in PAGES.items()}
        services.database.close()
    return made


def _fill(services: Services) -> None:
    """Let the sample class hand in, and grade it."""
    offered = services.catalogue.find(ASSIGNMENT)
    if offered is None:
        raise LookupError(ASSIGNMENT)
    for file, content in sample_class(offered.definition).items():
        name = file.removesuffix(".ipynb")
        with services.database.writing() as connection:
            student = people.add(connection, name, "student", name=name.capitalize())
        try:
            accept(services, student, offered, Received(file, content, {}), "page")
        except RefusedError:
            continue
    with Graders(services.settings) as graders:
        while grade_next(services, graders, "pictures"):
            pass


def _page(app: object, services: Services, whose: str, address: str) -> str:
    with services.database.writing() as connection:
        (person,) = (one for one in people.all_of(connection, "student", "instructor") if one.key == whose)
        text = sessions.begin(connection, person, services.now())
    client = TestClient(app, services.settings.base_url, cookies={cookie_name(services): text})
    page = client.get(address.format(ASSIGNMENT)).text
    style = static.files()[static.STYLE].decode()
    page = re.sub(r"<(?:link|script)\b[^>]*>(?:</script>)?", "", page)
    page = re.sub(r'(name="csrf" value="|/students/|/submissions/|\?at=)[\w-]+', r"\1", page)
    return page.replace("</head>", f"<style>{style}</style></head>")
