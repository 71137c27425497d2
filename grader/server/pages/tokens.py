"""Make and revoke the tokens with which programs ask for a person."""

from __future__ import annotations

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import RefusedError
from grader.reports.sanitize import one_line
from grader.server.identity.guard import ANYBODY, guarded, person_of
from grader.server.pages import frame
from grader.server.services import Services
from grader.server.store import events, tokens

ADDRESS = "/tokens"
LASTS = timedelta(days=200)
"""How long a token is accepted: a term."""

MOST = 20
"""Tokens of one person that are accepted at a time."""

FULL = f"You have {MOST} tokens already.\n  Revoke one that you need no more."
LONGEST_NAME = 60
DONE = {"revoked": "It is revoked: nothing that has it is let in any more."}


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page and of its forms."""

    def page(request: Request) -> Response:
        return _page(services, request, said=DONE.get(request.query_params.get("done", ""), ""))

    def make(request: Request) -> Response:
        return _make(services, request)

    def revoke(request: Request) -> Response:
        by, at = person_of(request), services.now()
        with services.database.writing() as connection:
            if not tokens.revoke(connection, by, request.path_params["token"], at):
                raise HTTPException(404)
            events.note(connection, at, "revoked a token", by, by)
        return RedirectResponse(f"{ADDRESS}?done=revoked", 303)

    return [
        guarded(ADDRESS, page, ANYBODY, name="tokens"),
        guarded(ADDRESS, make, ANYBODY, ["POST"], name="make a token"),
        guarded(f"{ADDRESS}/{{token}}/revoke", revoke, ANYBODY, ["POST"]),
    ]


def _make(services: Services, request: Request) -> Response:
    by, at = person_of(request), services.now()
    name = one_line(str(request.state.form.get("name", "")))[:LONGEST_NAME] or "a program"
    with services.database.writing() as connection:
        is_full = sum(one.is_accepted(at) for one in tokens.of(connection, by)) >= MOST
        if not is_full:
            text = tokens.make(connection, by, name, at, at + LASTS)
            events.note(connection, at, "made a token", by, by, name=name)
    if is_full:
        return _page(services, request, refused=RefusedError(409, FULL))
    return _page(services, request, made=text)


def _page(
    services: Services,
    request: Request,
    *,
    said: str = "",
    made: str = "",
    refused: RefusedError | None = None,
) -> Response:
    with services.database.reading() as connection:
        mine = tokens.of(connection, person_of(request))
    now = services.now()
    problem, _, advice = str(refused or "").partition("\n  ")
    return frame.show(
        services,
        request,
        "tokens.html",
        refused.status if refused else 200,
        trail=[("Tokens", "")],
        page=ADDRESS,
        tokens=[one for one in mine if one.is_accepted(now)],
        made=made,
        said=said,
        problem=problem,
        advice=advice,
    )
