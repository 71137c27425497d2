"""The report on a class, as `grader report` writes it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from grader.reports.class_report.page import write_class_report
from grader.server.identity.guard import STAFF, guarded
from grader.server.identity.headers import REPORT, policy
from grader.server.pages import frame
from grader.server.pages.roll import header_of, offered_in, reports_of, roll_of
from grader.server.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """Return the route of the report."""

    def report(request: Request) -> Response:
        offered = offered_in(services, request)
        with services.database.reading() as connection:
            roll = roll_of(connection, services, offered)
            header = header_of(roll)
            reports = reports_of(connection, services, roll)
        if header is None:
            return frame.show(
                services,
                request,
                "message.html",
                trail=[(offered.title, roll.address), ("Report", "")],
                heading="There is nothing to report yet",
                problem="Nothing was graded yet.",
                advice="The report on the class is here as soon as somebody has handed in.",
            )
        given = {name: found.source for name, found in offered.definition.reference.functions.items()}
        page = write_class_report(header, reports, given, folder="", page_of=roll.page_of)
        answer = {"Content-Security-Policy": policy(REPORT)}
        return HTMLResponse(page.encode("utf-8", "backslashreplace"), headers=answer)

    return [guarded("/classes/{assignment}/report", report, STAFF)]
