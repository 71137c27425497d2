"""The first page of those who mark: all assignments, and how far the class is with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from grader.server.pages import frame
from grader.server.pages.concerns import concerns_of
from grader.server.pages.roll import counted, roll_of
from grader.server.services import Services


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment with the state of its class; `needs` says how much of it needs a person."""

    title: str
    address: str
    due: datetime | None
    standing: str
    needs: str
    tone: str


def home(services: Services, request: Request) -> Response:
    """Return the assignments of a course.

    Args:
        services: the service.
        request: what it answers.

    Returns:
        the page.
    """
    lines = []
    with services.database.reading() as connection:
        for offered in services.catalogue.all():
            roll = roll_of(connection, services, offered)
            count = sum(len(one.cases) for one in concerns_of(roll, services.now()))
            needs = f"{count:,} need{'s' if count == 1 else ''} a person." if count else ""
            tone = "open" if count else "good"
            lines.append(Line(offered.title, roll.address, roll.due, counted(roll.standings), needs, tone))
    return frame.show(services, request, "staff_home.html", lines=lines)
