"""The web application of the service: every room adds its routes here."""

from __future__ import annotations

import functools

from starlette.applications import Starlette
from starlette.middleware import Middleware

from grader.server import health
from grader.server.api import v1
from grader.server.identity import university
from grader.server.identity.cookies import Recognise
from grader.server.identity.headers import Headers, added
from grader.server.identity.request_log import RequestLog
from grader.server.metrics import Measured
from grader.server.pages import frame
from grader.server.pages.rooms import ROOMS as PAGES
from grader.server.problems import answers
from grader.server.services import Services

ROOMS = (university, *PAGES, v1, health)


def create_app(services: Services) -> Starlette:
    """Return the application.

    Args:
        services: what it works with.

    Returns:
        an ASGI application.
    """
    app = Starlette(
        routes=[route for room in ROOMS for route in room.routes(services)],
        middleware=[
            Middleware(Measured),
            Middleware(RequestLog),
            Middleware(Headers, secure=services.settings.secure),
            Middleware(Recognise, services=services),
        ],
        exception_handlers=answers(
            functools.partial(frame.problem, services), added(secure=services.settings.secure)
        ),
    )
    app.router.redirect_slashes = False  # it would send people to the host that a request names
    return app
