"""The page that says who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.server.identity.guard import INSTRUCTOR, guarded
from grader.server.pages import frame
from grader.server.pages.roll import address_of, offered_in, pages_of
from grader.server.services import Services
from grader.server.store import events, people

MOST = 200
"""The number of events that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event in words."""

    at: datetime
    by: str
    what: str
    about: str
    detail: str


def routes(services: Services) -> list[BaseRoute]:
    """Return the route of the page."""

    def page(request: Request) -> Response:
        offered = offered_in(services, request)
        with services.database.reading() as connection:
            found = events.latest(connection, offered.name, MOST)
            numbers = {number for one in found for number in (one.by, one.person) if number is not None}
            names = {number: people.whoever(connection, number).called for number in numbers}
        rows = [
            Row(
                one.at,
                _name(names, one.by, "the service"),
                one.what,
                _name(names, one.person, ""),
                _words(one.detail),
            )
            for one in found
        ]
        return frame.show(
            services,
            request,
            "history.html",
            wide=True,
            trail=[(offered.title, address_of(offered.name)), ("Who did what", "")],
            title=offered.title,
            pages=pages_of(request, offered),
            rows=rows,
            older=len(found) == MOST,
        )

    return [guarded("/classes/{assignment}/history", page, INSTRUCTOR)]


def _name(names: Mapping[int, str], number: int | None, nobody: str) -> str:
    return nobody if number is None else names[number]


def _words(detail: Mapping[str, Any]) -> str:
    """Return what else is known of an event, such as `function double, points 3`."""
    return ", ".join(f"{name} {value}" for name, value in detail.items() if value not in {"", None})
