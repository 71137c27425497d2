"""The process that lets a Dask cluster grade: it hands out what is claimed, and keeps what comes back."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from grader.assignments.loader import load
from grader.errors import AssignmentError, RefusedError, UsageError
from grader.execution.dask_cluster import Cluster, Parcel, Task
from grader.models.report import Report
from grader.results.codec import pack
from grader.server.catalogue import Stamp, stamp_of
from grader.server.ending import until_asked
from grader.server.queue.graders import made_by, order_of
from grader.server.queue.loop import AWAY, IDLE, give_back, worker_name
from grader.server.queue.worker import work_of
from grader.server.services import Services, open_services
from grader.server.settings import Settings
from grader.server.store import events, gradings, queue
from grader.server.store.queue import Claim
from grader.submissions import Handed

LOG = logging.getLogger(__name__)

AT_ONCE = 64
"""Submissions that are on their way to the workers."""

LATE = timedelta(minutes=5)
"""What has not come back by then is sent once more, since a worker that hangs says nothing.

Then it is waited for twice as long, and so on: a cluster that is only busy is not flooded.
"""


class _Ready(NamedTuple):
    """A cluster that has an assignment, with what it was made of, and the digest of what decides marks."""

    stamp: Stamp
    cluster: Cluster
    made_by: str
    max_points: float


class Clusters:
    """The cluster with each assignment handed out to it. Use it as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._open = contextlib.ExitStack()
        self._ready: dict[str, _Ready] = {}
        self._faults: dict[str, Stamp] = {}

    def __enter__(self) -> Clusters:
        return self

    def __exit__(self, *error: object) -> None:
        self.forget()

    def of(self, assignment: str) -> _Ready:
        """Return the cluster with an assignment as its files are now.

        Raises:
            AssignmentError: the assignment is at fault.
            UsageError: there is no cluster.
        """
        stamp = stamp_of(self.settings.course, assignment)
        ready = self._ready.get(assignment)
        if ready is None or ready.stamp != stamp:
            try:
                ready = self._ready[assignment] = self._handed_out(assignment, stamp)
            except AssignmentError:
                self._faults[assignment] = stamp
                raise
            self._faults.pop(assignment, None)
        return ready

    def _handed_out(self, assignment: str, stamp: Stamp) -> _Ready:
        order = order_of(self.settings, assignment)
        definition = load(self.settings.course, assignment)
        cluster = Cluster(order, self.settings.cluster, self.settings.workers)
        self._open.enter_context(cluster)
        points = sum(exercise.points for exercise in definition.exercises if not exercise.bonus)
        return _Ready(stamp, cluster, made_by(definition, order), points)

    def at_fault(self) -> list[str]:
        """Return the assignments that cannot be graded, and whose files have not changed since."""
        course = self.settings.course
        return [name for name, stamp in self._faults.items() if stamp_of(course, name) == stamp]

    def forget(self) -> None:
        """Close the connections: the scheduler may be another one when they are made again."""
        self._ready.clear()
        self._open.close()


@dataclass(slots=True)
class _Sent:
    """A submission on its way: the same work as several tasks if the first ones were late."""

    claim: Claim
    parcel: Parcel
    ready: _Ready
    tasks: list[Task]
    late_at: datetime

    def done(self) -> Task | None:
        """Return a task that is done, or None."""
        return next((task for task in self.tasks if task.done()), None)


class Traffic:
    """What is on its way to the workers and back."""

    def __init__(self, services: Services, clusters: Clusters, worker: str) -> None:
        self._services = services
        self._clusters = clusters
        self._worker = worker
        self._sent: list[_Sent] = []

    def step(self) -> int:
        """Hand out what waits, as far as there is room, and keep what has come back.

        Returns:
            how many submissions that were, of both kinds.

        Raises:
            UsageError: the cluster is away; see `give_up`.
            RefusedError: so is the database.
        """
        moved = self._hand_out()
        for one in [*self._sent]:
            if task := one.done():
                self._keep(one, task)
                self._sent.remove(one)
                moved += 1
            elif self._services.now() > one.late_at:
                self._send_again(one)
        return moved

    def give_up(self) -> None:
        """Forget what is on its way, and give back what was claimed, as soon as the database is there."""
        self._sent.clear()
        give_back(self._services, self._worker)

    def _hand_out(self) -> int:
        room = AT_ONCE - len(self._sent)
        aside = self._clusters.at_fault()
        with self._services.database.writing() as connection:
            taken = (queue.claim(connection, self._worker, self._services.now(), aside) for _ in range(room))
            found = [*itertools.takewhile(lambda claim: claim is not None, taken)]
        claims = sorted((claim for claim in found if claim), key=lambda claim: claim.assignment)
        for assignment, some in itertools.groupby(claims, key=lambda claim: claim.assignment):
            self._send(assignment, [*some])
        return len(claims)

    def _send(self, assignment: str, claims: Sequence[Claim]) -> None:
        try:
            ready = self._clusters.of(assignment)
        except AssignmentError as error:
            self._put_off(assignment, claims, str(error))
            return
        for claim in claims:
            parcel = Parcel(*work_of(self._services, claim))
            task, late_at = ready.cluster.send(parcel), self._services.now() + LATE
            self._sent.append(_Sent(claim, parcel, ready, [task], late_at))

    def _put_off(self, assignment: str, claims: Sequence[Claim], why: str) -> None:
        """Give submissions back whose assignment is at fault, and say so; they wait until that is mended."""
        with self._services.database.writing() as connection:
            queue.put_back(connection, claims)
            events.note(connection, self._services.now(), "cannot grade", assignment=assignment, why=why)
        LOG.warning("%s cannot be graded: %s", assignment, why)

    def _send_again(self, one: _Sent) -> None:
        LOG.warning("submission %d is late; it is sent to another worker, too", one.claim.submission)
        one.late_at = self._services.now() + LATE * 2 ** len(one.tasks)
        one.tasks.append(one.ready.cluster.send(one.parcel))

    def _keep(self, one: _Sent, task: Task) -> None:
        result = one.ready.cluster.result(task)
        report = result.report if result else pack(_killed(one.parcel.handed, one.ready.max_points))
        with self._services.database.writing() as connection:
            gradings.keep(
                connection, one.claim.submission, one.ready.made_by, one.ready.cluster.header, report,
                self._services.now(), one.claim.regrading,
            )  # fmt: skip


def grade_on_cluster_until_asked(settings: Settings) -> None:
    """Let a cluster grade what is submitted until SIGTERM.

    Args:
        settings: the settings of the service.
    """
    going_on = until_asked()
    services = open_services(settings)
    name = worker_name(os.getpid())
    with contextlib.closing(services.database), Clusters(settings) as clusters:
        traffic = Traffic(services, clusters, name)
        while going_on():
            try:
                if not traffic.step():
                    time.sleep(IDLE)
            except RefusedError as error:
                LOG.warning("%s: %s", name, error)
                traffic.give_up()
            except (UsageError, OSError) as error:
                LOG.warning("%s: %s", name, error)
                clusters.forget()
                traffic.give_up()
                time.sleep(AWAY)


def _killed(handed: Handed, max_points: float) -> Report:
    """Return the report of a submission that no worker survived: no mark, and a person looks at it."""
    note = f"{handed.file}: not graded, by no fault of its author: each worker that graded it was killed"
    return Report(
        id=handed.id, file=handed.file, sha256="", status="failed", points=None, max_points=max_points,
        seconds=0.0, notes=(note,), exercises=(), student=handed.student, submitted=handed.submitted,
        listed=handed.listed,
    )  # fmt: skip
