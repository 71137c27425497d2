"""The page that says who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.reports.wording import neat
from grader.server.catalogue import Offered
from grader.server.identity.guard import INSTRUCTOR, guarded
from grader.server.pages import frame
from grader.server.pages.roll import address_of, offered_in, pages_of
from grader.server.pages.student import in_zone
from grader.server.services import Services
from grader.server.store import events, people
from grader.server.store.events import Event
from grader.server.store.people import Person

MOST = 200
"""The number of events that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event in words; `page` is the address of the student whom it concerns, if it does one."""

    at: datetime
    by: str
    what: str
    about: str
    page: str
    detail: str


def routes(services: Services) -> list[BaseRoute]:
    """Return the route of the page."""

    def page(request: Request) -> Response:
        offered = offered_in(services, request)
        with services.database.reading() as connection:
            found = events.latest(connection, offered.name, MOST)
            numbers = {number for one in found for number in (one.by, one.person) if number is not None}
            them = {number: people.whoever(connection, number) for number in numbers}
        rows = [_row(one, them, offered) for one in found]
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


def _row(one: Event, them: Mapping[int, Person], offered: Offered) -> Row:
    by = them[one.by].called if one.by is not None else "The service"
    about = them[one.person] if one.person is not None else None
    is_student = about is not None and about.role == "student"
    due = datetime.fromisoformat(offered.late.due) if offered.late else None
    return Row(
        at=in_zone(one.at, due),
        by=by,
        what=one.what,
        about=about.called if about and one.person != one.by else "",
        page=f"{address_of(offered.name)}/students/{about.public}" if about and is_student else "",
        detail=_words(one.detail),
    )


def _words(detail: Mapping[str, Any]) -> str:
    """Return what else is known of an event, such as `function double, points 3`."""
    said = ((name, neat(value) if isinstance(value, float) else value) for name, value in detail.items())
    return ", ".join(f"{name} {value}" for name, value in said if value not in {"", None})
