"""Metrics for Prometheus: how many requests there were and how long they took, and what waits."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.server.services import Services
from grader.server.store.figures import figures

BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Seconds."""

REGISTRY = CollectorRegistry()
"""What this process counts."""

TOGETHER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which processes count together, if there are several."""

REQUESTS = Histogram(
    "grader_request_seconds",
    "Time to answer a request, by its route.",
    ("route", "status"),
    buckets=BUCKETS,
    registry=REGISTRY,
)


class Measured:
    """Middleware: counts and times requests. A route stands for all its addresses, so no id is in a label."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note how long it took to begin with that."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                labels = _route_of(scope), str(message["status"])
                REQUESTS.labels(*labels).observe(time.perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, sent)


def _route_of(scope: Scope) -> str:
    """Return the route of a request; nobody can make up another one."""
    route = scope.get("route")
    if isinstance(route, Route) and scope["method"] in (route.methods or ()):
        return f"{scope['method']} {route.path}"
    return "none"


def exposed(services: Services) -> Response:
    """Return all metrics in the text format of Prometheus.

    Args:
        services: the service.

    Returns:
        the response.
    """
    return Response(
        generate_latest(_counted()) + generate_latest(_Now(services)), media_type=CONTENT_TYPE_LATEST
    )


def _counted() -> CollectorRegistry:
    """Return what all processes that answer counted."""
    if TOGETHER not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class _Now(Collector):
    """What the database and the disk say now."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterator[GaugeMetricFamily]:
        services = self._services
        with services.database.reading() as connection:
            found = figures(connection)
        waited = (services.now() - found.oldest).total_seconds() if found.oldest else 0.0
        free = shutil.disk_usage(services.settings.data).free
        yield _gauge("queue_waiting", "Submissions that are not graded yet.", found.waiting)
        yield _gauge("queue_claimed", "Those of them that are being graded.", found.claimed)
        yield _gauge("queue_oldest_seconds", "Since when the one that waits longest does.", waited)
        yield _gauges("submissions", "Submissions that are stored.", "assignment", found.submissions)
        yield _gauges("gradings", "Gradings that are stored.", "status", found.gradings)
        yield _gauges("people", "People whom the service knows.", "role", found.people)
        yield _gauge("disk_free_bytes", "Room for data.", free)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"grader_{name}", says, value=value)


def _gauges(name: str, says: str, label: str, values: Mapping[str, int]) -> GaugeMetricFamily:
    made = GaugeMetricFamily(f"grader_{name}", says, labels=[label])
    for key, value in values.items():
        made.add_metric([key], value)
    return made
