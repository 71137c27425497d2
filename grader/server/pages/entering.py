"""The way in by a personal link."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.server.identity.cookies import enter
from grader.server.identity.guard import ANYBODY, EVERYBODY, guarded, person_of, signed_in
from grader.server.identity.links import person_of_link
from grader.server.pages import frame
from grader.server.services import Services
from grader.server.store.people import Person


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of links."""

    def come_in(request: Request) -> Response:
        person = _of_link(services, request)
        if signed_in(request) and person_of(request).number != person.number:
            return frame.show(services, request, "other_person.html", other=person.called)
        return enter(services, request, person)

    def come_in_as_another(request: Request) -> Response:
        return enter(services, request, _of_link(services, request))

    return [
        guarded("/enter/{text}", come_in, EVERYBODY),
        guarded("/enter/{text}", come_in_as_another, ANYBODY, ["POST"]),
    ]


def _of_link(services: Services, request: Request) -> Person:
    person = person_of_link(services, request.path_params["text"])
    if person is None:
        raise HTTPException(404)
    return person
