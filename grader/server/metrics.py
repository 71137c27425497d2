"""Metrics for Prometheus: how many requests there were and how long they took, and what waits."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.server.services import Services
from grader.server.store.figures import figures

BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Seconds."""

REGISTRY = CollectorRegistry()
"""What this process counts; one process answers all requests."""

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
        generate_latest(REGISTRY) + generate_latest(_now(services)), media_type=CONTENT_TYPE_LATEST
    )


def _now(services: Services) -> CollectorRegistry:
    """Return what the database and the disk say now."""
    with services.database.reading() as connection:
        found = figures(connection)
    waited = (services.now() - found.oldest).total_seconds() if found.oldest else 0.0
    registry = CollectorRegistry()

    def gauge(name: str, says: str, values: float | Mapping[str, int], label: str = "") -> None:
        made = Gauge(f"grader_{name}", says, [label] if label else [], registry=registry)
        if isinstance(values, Mapping):
            for key, value in values.items():
                made.labels(key).set(value)
        else:
            made.set(values)

    gauge("queue_waiting", "Submissions that are not graded yet.", found.waiting)
    gauge("queue_claimed", "Those of them that are being graded.", found.claimed)
    gauge("queue_oldest_seconds", "Since when the one that waits longest does.", waited)
    gauge("submissions", "Submissions that are stored.", found.submissions, "assignment")
    gauge("gradings", "Gradings that are stored.", found.gradings, "status")
    gauge("people", "People whom the service knows.", found.people, "role")
    gauge("disk_free_bytes", "Room for data.", float(shutil.disk_usage(services.settings.data).free))
    return registry
