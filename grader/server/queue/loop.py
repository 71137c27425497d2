"""The process that grades: takes submissions off the queue until SIGTERM."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import time

from grader.errors import RefusedError, UsageError
from grader.server.ending import until_asked
from grader.server.queue.graders import Graders
from grader.server.queue.searching import search_next
from grader.server.queue.worker import grade_next
from grader.server.services import Services, open_services
from grader.server.settings import Settings
from grader.server.store import queue

LOG = logging.getLogger(__name__)

IDLE = 0.05
"""Seconds between two looks at an empty queue."""

BEHIND = 15
"""How much less urgent grading is than answering: pages stay quick while a class is graded."""

AWAY = 0.5
"""Seconds between two tries to reach the database."""


def worker_name(pid: int) -> str:
    """Return the name under which a process claims submissions."""
    return f"worker-{pid}"


def grade_until_asked(settings: Settings, *, searches: bool) -> None:
    """Grade what is submitted until SIGTERM.

    Args:
        settings: the settings of the service.
        searches: whether this process searches for repairs, too. One does, the others are free to grade.
    """
    going_on = until_asked()
    os.nice(BEHIND)
    services = open_services(settings)
    name = worker_name(os.getpid())
    gc.freeze()
    with contextlib.closing(services.database), Graders(settings) as graders:
        while going_on():
            try:
                if not (grade_next(services, graders, name) or _otherwise(services, graders, searches)):
                    time.sleep(IDLE)
            except RefusedError as error:
                LOG.warning("%s: %s", name, error)
                give_back(services, name)


def _otherwise(services: Services, graders: Graders, searches: bool) -> bool:
    """Do what is of use while nothing waits: make a grader ready, or search for a repair."""
    if cold := graders.cold():
        with contextlib.suppress(UsageError):  # said when something is submitted for it
            graders.of(cold)
        return True
    return searches and search_next(services, graders)


def give_back(services: Services, name: str) -> None:
    """Give back what could not be kept, as soon as the database is there again.

    Args:
        services: the service.
        name: the name of the worker that claimed it.
    """
    while True:
        try:
            with services.database.writing() as connection:
                queue.give_back(connection, name)
        except RefusedError:
            time.sleep(AWAY)
        else:
            return
