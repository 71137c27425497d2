"""The first page: of a student, of those who mark, and of whoever is not known yet."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.server.identity import cookies
from grader.server.identity.guard import ANYBODY, EVERYBODY, guarded, person_of, signed_in
from grader.server.pages import frame, staff_home, student
from grader.server.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the first page."""

    def home(request: Request) -> Response:
        if not signed_in(request):
            return frame.show(
                services, request, "enter.html", university=bool(services.settings.openid_issuer)
            )
        if person_of(request).role == "student":
            return student.home(services, request)
        return staff_home.home(services, request)

    def leave(request: Request) -> Response:
        return cookies.leave(services, request)

    return [guarded("/", home, EVERYBODY), guarded("/leave", leave, ANYBODY, ["POST"])]
