"""Say whether the service can do its work."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from grader.server.identity.guard import EVERYBODY, guarded
from grader.server.services import Services
from grader.server.store import queue


def routes(services: Services) -> list[BaseRoute]:
    """Return the route that monitoring asks."""

    def health(_: Request) -> Response:
        with services.database.reading() as connection:
            return JSONResponse({"status": "ok", "waiting": queue.waiting(connection)})

    return [guarded("/health", health, EVERYBODY)]
