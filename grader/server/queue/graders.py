"""Graders that are kept warm: one for each assignment, made again when its files change."""

from __future__ import annotations

import hashlib
import json
import platform
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

import grader
from grader.assignments.course_file import course_title, hints_of
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.assignments.seeds import seed_of
from grader.errors import UsageError
from grader.execution.grader import Grader, Order
from grader.server.catalogue import Stamp, stamp_of
from grader.server.settings import Settings


class Ready(NamedTuple):
    """A grader with what it was made of, and the digest of what decides its marks."""

    stamp: Stamp
    grader: Grader
    made_by: str


class Graders:
    """The graders of one process. Use them as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ready: dict[str, Ready] = {}
        self._faults: dict[str, Stamp] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for ready in self._ready.values():
            ready.grader.sandbox.close()
        self._ready.clear()

    def of(self, assignment: str) -> Ready:
        """Return the grader of an assignment as its files are now.

        Raises:
            UsageError: the assignment or this machine is at fault.
        """
        stamp = stamp_of(self.settings.course, assignment)
        ready = self._ready.get(assignment)
        if ready is None or ready.stamp != stamp:
            try:
                order = order_of(self.settings, assignment)
                definition = load(self.settings.course, assignment)
                made = Grader(order, definition, private=(self.settings.data,))
            except UsageError:
                self._faults[assignment] = stamp
                raise
            self._faults.pop(assignment, None)
            if ready:
                ready.grader.sandbox.close()
            ready = self._ready[assignment] = Ready(stamp, made, made_by(definition, order))
        return ready

    def at_fault(self) -> list[str]:
        """Return the assignments that cannot be graded, and whose files have not changed since."""
        course = self.settings.course
        return [name for name, stamp in self._faults.items() if stamp_of(course, name) == stamp]

    def cold(self) -> str | None:
        """Return an assignment that has no grader yet and may get one, or None."""
        at_fault = self.at_fault()
        names = self.settings.course.names()
        return next((name for name in names if name not in self._ready and name not in at_fault), None)


def order_of(settings: Settings, assignment: str) -> Order:
    """Return how the service grades an assignment: as `grader grade` does, with the seed of the course.

    Args:
        settings: the settings.
        assignment: the name of the assignment.

    Returns:
        the order, without what people decide, which is applied when a report is shown.
    """
    course = settings.course
    return Order(
        course=course.root.absolute(),
        assignment=assignment,
        seed=seed_of(course, assignment),
        timeout=settings.timeout,
        isolation=settings.isolation,
        hints=hints_of(course),
        course_title=course_title(course),
    )


def made_by(definition: Definition, order: Order) -> str:
    """Return a digest that is equal for gradings in which the same file gets the same marks.

    Args:
        definition: the assignment as its files are now.
        order: how it is graded.

    Returns:
        the digest.
    """
    versions = grader.__version__, platform.python_version(), np.__version__
    what = versions, definition.name, definition.sha256, order.seed, order.timeout
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
