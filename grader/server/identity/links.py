"""Personal signed links: each lets one person in."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.server.identity.cookies import enter
from grader.server.identity.guard import EVERYBODY, guarded
from grader.server.services import Services
from grader.server.store import people
from grader.server.store.people import Person

LASTS = 200 * 86_400
"""Seconds that a link lets somebody in: a term."""


def link_of(services: Services, person: Person) -> str:
    """Return the address that lets a person in.

    Args:
        services: the service.
        person: whom.

    Returns:
        the address.
    """
    return f"{services.settings.base_url}/enter/{_signer(services).dumps(person.public)}"


def routes(services: Services) -> list[BaseRoute]:
    """Return the route of the links."""

    def come_in(request: Request) -> Response:
        try:
            public = _signer(services).loads(request.path_params["text"], max_age=LASTS)
        except BadSignature:
            raise HTTPException(404) from None
        with services.database.reading() as connection:
            person = people.with_public(connection, public)
        if person is None:
            raise HTTPException(404)
        return enter(services, request, person)

    return [guarded("/enter/{text}", come_in, EVERYBODY)]


def _signer(services: Services) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services.settings.secret, salt="personal link")
