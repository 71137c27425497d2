"""Say whether the service can do its work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from grader.server.identity.guard import EVERYBODY, guarded
from grader.server.services import Services
from grader.server.store import queue
from grader.server.store.figures import waits_since

TOO_LONG = timedelta(minutes=10)
"""What waits longer is not graded at all, or there are too few processes that grade."""

ROOM = 10
"""The number of largest submissions for which there should be room."""


def routes(services: Services) -> list[BaseRoute]:
    """Return the route that monitoring asks."""

    def health(_: Request) -> Response:
        with services.database.reading() as connection:
            waiting, oldest = queue.waiting(connection), waits_since(connection)
        found = [*_problems(services, oldest)]
        said = {"status": "in trouble" if found else "ok", "waiting": waiting, "problems": found}
        return JSONResponse(said, 503 if found else 200)

    return [guarded("/health", health, EVERYBODY)]


def _problems(services: Services, oldest: datetime | None) -> Iterator[str]:
    """Yield what a person has to do something about."""
    if oldest and services.now() - oldest > TOO_LONG:
        yield f"A submission waits for more than {TOO_LONG.seconds // 60} minutes."
    if shutil.disk_usage(services.settings.data).free < ROOM * services.settings.max_upload:
        yield "The disk is nearly full."
