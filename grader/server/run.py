"""Run a service: prepare its database, then processes that answer and processes that grade."""

from __future__ import annotations

import functools
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.errors import RefusedError, UsageError
from grader.sandbox.fork_server import ForkServer
from grader.server.identity.links import link_of
from grader.server.identity.lti.loop import deliver_until_asked
from grader.server.queue.loop import grade_until_asked, worker_name
from grader.server.services import Services, open_services
from grader.server.settings import Settings
from grader.server.store import people, queue
from grader.server.store.database import open_database
from grader.server.store.migration import migrate
from grader.server.store.people import Person
from grader.server.supervision import Part, Supervisor
from grader.submissions.roster import read_roster

PATIENCE = 30.0
"""Seconds to wait for a database that is still starting."""

ANSWERING = 2
"""Processes that answer: while one reads a notebook, the other shows pages."""

SHARED = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
"""Memory, where it looks like a folder: what is counted there fails on no full disk."""

INSTRUCTOR = "instructor"
"""The id of the person whom the service makes if it knows no instructor."""


def check_it_can_grade(timeout: float, isolation: str) -> None:
    """Start a sandbox as those that grade will: else what is handed in might wait for ever.

    Args:
        timeout: seconds for each call.
        isolation: the least that student code is isolated by.

    Raises:
        UsageError: this machine cannot run what is submitted.
    """
    ForkServer(timeout, isolation).close()


def prepare(settings: Settings) -> Services:
    """Bring the database up to date, take the roster in, and free what dead workers had claimed.

    Args:
        settings: the settings.

    Returns:
        the service, with an instructor at least.

    Raises:
        UsageError: the database cannot be reached, or is of a later version; the roster cannot be read.
    """
    services = open_services(settings)
    _when_there(lambda: migrate(services.database), settings)
    students = read_roster(settings.roster) if settings.roster else ()
    with services.database.writing() as connection:
        queue.give_back(connection)
        if students:
            people.enrol(connection, students)
        if not people.all_of(connection, "instructor"):
            people.add(connection, INSTRUCTOR, "instructor", name="Instructor")
    return services


def _when_there(do: Callable[[], None], settings: Settings) -> None:
    """Do something with the database, as soon as it can be reached."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except RefusedError as error:
            if time.monotonic() > until:
                raise UsageError(
                    f"{settings.shown_database}: it cannot be reached\n  Start it. {error}"
                ) from None
            time.sleep(0.5)


def links_of(services: Services, student: str = "") -> list[tuple[str, str]]:
    """Return who enters with which link: the first instructor, and one student.

    Args:
        services: the service.
        student: the id of the student, if one is wanted.

    Returns:
        names and addresses.
    """
    with services.database.reading() as connection:
        found: list[Person | None] = [*people.all_of(connection, "instructor")[:1]]
        found += [people.with_key(connection, student)] if student else []
    return [(person.called, link_of(services, person)) for person in found if person]


def serve(services: Services, begun: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal ends it. Whatever is killed meanwhile is begun again.

    Args:
        services: a service that was prepared.
        begun: called when it listens.

    Raises:
        UsageError: nothing can listen at its address.
    """
    place = SHARED if os.access(SHARED, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="grader-", dir=place) as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # which is looked at when its module is imported
        from grader.server.web import answer, bound

        with bound(services.settings.listen) as listener:
            begun()
            services.database.close()  # SQLite's locks are of a process: none is forked while it has one
            answers = functools.partial(answer, services.settings, listener)
            Supervisor(_parts(services.settings, answers)).run()


def _parts(settings: Settings, answers: Callable[[], None]) -> list[Part]:
    web = [Part(f"answers {number}", answers) for number in range(1, ANSWERING + 1)]
    given_back = functools.partial(_give_back, settings)
    graders = [
        Part(
            f"grades {number}",
            functools.partial(grade_until_asked, settings, searches=number == 1),
            given_back,
        )
        for number in range(1, settings.workers + 1)
    ]
    if settings.cluster:
        graders = [Part("grades", functools.partial(on_cluster(), settings), given_back)]
    sender = Part("sends marks", functools.partial(deliver_until_asked, settings))
    return [*web, *graders, sender]


def on_cluster() -> Callable[[Settings], None]:
    """Return what lets a cluster grade.

    Raises:
        UsageError: Dask is not installed.
    """
    try:
        from grader.server.queue.on_cluster import grade_on_cluster_until_asked
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--cluster needs Dask: {error}\n  Install it with: pip install 'dask[distributed]'"
        ) from None
    return grade_on_cluster_until_asked


def _give_back(settings: Settings, pid: int, status: int) -> None:
    """Let others grade what a worker that died had claimed.

    Raises:
        RefusedError: the database is away.
    """
    database = open_database(settings.database)
    try:
        with database.writing() as connection:
            queue.give_back(connection, worker_name(pid), died=status != 0)
    finally:
        database.close()
