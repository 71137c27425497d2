"""The addresses by which people sign in at their university, where one is set up."""

from __future__ import annotations

from threading import Lock

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import SignInError
from grader.server.identity import handshakes
from grader.server.identity.arrivals import of_university
from grader.server.identity.cookies import enter
from grader.server.identity.guard import EVERYBODY, guarded
from grader.server.identity.key_sets import KeySets
from grader.server.identity.openid import Client, Provider, Return, authorization_url, discover, signed_in
from grader.server.services import Services
from grader.server.settings import Settings

OUT, BACK = "/openid", "/openid/back"
KEEP = 3600.0
"""Seconds for which what the university publishes is kept."""


def client_of(settings: Settings) -> Client | None:
    """Return how the service is registered at a university; None if it is at none.

    Args:
        settings: the settings.

    Returns:
        the registration.
    """
    if not settings.openid_issuer:
        return None
    return Client(
        settings.openid_issuer, settings.openid_client_id, settings.openid_secret, settings.openid_claim
    )


class University:
    """The identity provider, with what it publishes."""

    def __init__(self, services: Services, client: Client) -> None:
        self._services = services
        self._client = client
        self._web = services.web()
        self._keys = KeySets(self._web)
        self._lock = Lock()
        self._found: tuple[Provider, float] | None = None

    def begin(self) -> Response:
        """Send somebody to the university, with what their browser keeps meanwhile."""
        sent = handshakes.begun(self._client.issuer, self._services.now().timestamp())
        settings = self._services.settings
        to = authorization_url(
            self._provider(), self._client, settings.base_url + BACK, sent.state, sent.nonce, sent.verifier
        )
        answer = RedirectResponse(to, 303)
        handshakes.give(answer, sent, settings.secret, BACK, secure=settings.secure, crossing="lax")
        return answer

    def finish(self, request: Request) -> Response:
        """Let in who comes back."""
        settings = self._services.settings
        now = self._services.now().timestamp()
        sent = handshakes.taken(request, request.query_params.get("state", ""), settings.secret, now)
        if sent.to != self._client.issuer or "code" not in request.query_params:
            raise SignInError("Your university did not sign you in. Begin again.")
        returned = Return(request.query_params["code"], settings.base_url + BACK, sent.nonce, sent.verifier)
        value = signed_in(self._web, self._keys, self._provider(), self._client, returned, now)
        with self._services.database.reading() as connection:
            person = of_university(connection, value)
        answer = enter(self._services, request, person)
        handshakes.drop(answer, sent, BACK)
        return answer

    def _provider(self) -> Provider:
        now = self._services.now().timestamp()
        with self._lock:
            if self._found is None or now - self._found[1] > KEEP:
                self._found = (discover(self._web, self._client.issuer), now)
            return self._found[0]


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the university; they are there if there is none, and answer 404."""
    client = client_of(services.settings)
    university = University(services, client) if client else None

    def sign_in(_: Request) -> Response:
        return _there(university).begin()

    def signed_in_there(request: Request) -> Response:
        return _there(university).finish(request)

    return [guarded(OUT, sign_in, EVERYBODY), guarded(BACK, signed_in_there, EVERYBODY)]


def _there(university: University | None) -> University:
    if university is None:
        raise HTTPException(404)
    return university
