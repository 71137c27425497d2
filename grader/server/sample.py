"""A service with a sample class that has submitted already."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.assignments.course import Course
from grader.authoring.sample_class import sample_class
from grader.errors import RefusedError
from grader.server.catalogue import Offered
from grader.server.run import prepare
from grader.server.services import Services
from grader.server.settings import settings_of
from grader.server.store import people
from grader.server.uploads import Received, accept


@contextmanager
def sample_service(course: Course, flags: Mapping[str, Any]) -> Iterator[Services]:
    """Prepare a service in a temporary folder, to whose assignments a sample class has submitted.

    Args:
        course: the course.
        flags: the settings that were typed.

    Yields:
        the service.

    Raises:
        AssignmentError: the course has no assignment, or one is at fault.
    """
    with tempfile.TemporaryDirectory(prefix="grader-demo-") as folder:
        services = prepare(settings_of(course, Path(folder), **flags))
        if not services.catalogue.names():
            course.check_has("NAME")
        for offered in services.catalogue.all():
            _submit_all(services, offered)
        yield services


def _submit_all(services: Services, offered: Offered) -> None:
    """Submit the work of the sample class; a web page among it is refused, as it would be on the page."""
    for file, content in sample_class(offered.definition).items():
        name = file.removesuffix(".ipynb")
        with services.database.writing() as connection:
            student = people.with_key(connection, name) or people.add(
                connection, name, "student", name=name.capitalize()
            )
        try:
            accept(services, student, offered, Received(file, content, {}), "page")
        except RefusedError:
            continue
