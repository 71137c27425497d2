"""The process that lets a Dask cluster grade: it hands out what is claimed, and keeps what comes back."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import signal
import time
from collections.abc import Sequence
from typing import NamedTuple

from grader.assignments.loader import load
from grader.errors import RefusedError, UsageError
from grader.execution.dask_cluster import Cluster, Parcel
from grader.models.report import Report
from grader.results.codec import Packed, pack
from grader.server.catalogue import Stamp, stamp_of
from grader.server.queue.graders import made_by, order_of
from grader.server.queue.loop import AWAY, IDLE, end, give_back, worker_name
from grader.server.queue.worker import work_of
from grader.server.services import Services, open_services
from grader.server.settings import Settings
from grader.server.store import gradings, queue
from grader.server.store.queue import Claim
from grader.submissions import Handed

LOG = logging.getLogger(__name__)

AT_ONCE = 64
"""Submissions that are on their way to the workers."""


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

    def __enter__(self) -> Clusters:
        return self

    def __exit__(self, *error: object) -> None:
        self.forget()

    def of(self, assignment: str) -> _Ready:
        """Return the cluster with an assignment as its files are now.

        Raises:
            UsageError: the assignment is at fault, or there is no cluster.
        """
        stamp = stamp_of(self.settings.course, assignment)
        ready = self._ready.get(assignment)
        if ready is None or ready.stamp != stamp:
            order = order_of(self.settings, assignment)
            definition = load(self.settings.course, assignment)
            cluster = Cluster(order, self.settings.cluster, self.settings.workers)
            self._open.enter_context(cluster)
            points = sum(exercise.points for exercise in definition.exercises if not exercise.bonus)
            ready = _Ready(stamp, cluster, made_by(definition, order), points)
            self._ready[assignment] = ready
        return ready

    def forget(self) -> None:
        """Close the connections: the scheduler may be another one when they are made again."""
        self._ready.clear()
        self._open.close()


def grade_on_cluster_until_asked(settings: Settings) -> None:
    """Let a cluster grade what is submitted until SIGTERM.

    Args:
        settings: the settings of the service.
    """
    signal.signal(signal.SIGTERM, end)
    services = open_services(settings)
    name = worker_name(os.getpid())
    with contextlib.closing(services.database), Clusters(settings) as clusters:
        while True:
            try:
                if not grade_some(services, clusters, name):
                    time.sleep(IDLE)
            except RefusedError as error:
                LOG.warning("%s: %s", name, error)
                give_back(services, name)
            except (UsageError, OSError) as error:
                LOG.warning("%s: %s", name, error)
                clusters.forget()
                give_back(services, name)
                time.sleep(AWAY)


def grade_some(services: Services, clusters: Clusters, worker: str) -> int:
    """Let the cluster grade the oldest submissions that nobody works on; return how many.

    Args:
        services: the service.
        clusters: the cluster.
        worker: the name of this process, by which its claims are given back when it dies.

    Returns:
        how many there were.

    Raises:
        UsageError: the cluster is away, or an assignment is at fault; what is claimed is to be given back.
        RefusedError: so is the database.
    """
    with services.database.writing() as connection:
        taken = (queue.claim(connection, worker, services.now()) for _ in range(AT_ONCE))
        claims = [*itertools.takewhile(lambda claim: claim is not None, taken)]
    found = sorted((claim for claim in claims if claim), key=lambda claim: claim.assignment)
    for assignment, some in itertools.groupby(found, key=lambda claim: claim.assignment):
        _grade(services, clusters.of(assignment), [*some])
    return len(found)


def _grade(services: Services, ready: _Ready, claims: Sequence[Claim]) -> None:
    parcels = [Parcel(*work_of(services, claim)) for claim in claims]
    graded = ready.cluster.carry_out(parcels)
    for claim, parcel, result in zip(claims, parcels, graded, strict=True):
        report = result.report if result else pack(_killed(parcel.handed, ready.max_points))
        _keep(services, ready, claim, report)


def _keep(services: Services, ready: _Ready, claim: Claim, report: Packed) -> None:
    with services.database.writing() as connection:
        gradings.keep(
            connection, claim.submission, ready.made_by, ready.cluster.header, report, services.now(),
            claim.regrading,
        )  # fmt: skip


def _killed(handed: Handed, max_points: float) -> Report:
    """Return the report of a submission that no worker survived: no mark, and a person looks at it."""
    note = f"{handed.file}: not graded, by no fault of its author: each worker that graded it was killed"
    return Report(
        id=handed.id, file=handed.file, sha256="", status="failed", points=None, max_points=max_points,
        seconds=0.0, notes=(note,), exercises=(), student=handed.student, submitted=handed.submitted,
        listed=handed.listed,
    )  # fmt: skip
