"""The pages of a student."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.reports.feedback_page import write_feedback
from grader.server.identity.guard import STUDENT, Sends, guarded, person_of
from grader.server.services import Services
from grader.server.standing import shown
from grader.server.store import gradings, submissions
from grader.server.uploads import accept, received


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of students."""

    async def submit(request: Request) -> Response:
        offered = await run_in_threadpool(services.catalogue.find, request.path_params["assignment"])
        if offered is None:
            raise HTTPException(404)
        upload = await received(request, services)
        stored = await run_in_threadpool(accept, services, person_of(request), offered, upload, "page")
        return RedirectResponse(f"/submissions/{stored.public}", 303)

    def feedback(request: Request) -> Response:
        with services.database.reading() as connection:
            found = submissions.with_public(connection, request.path_params["public"], person_of(request))
            offered = services.catalogue.find(found.assignment) if found else None
            if not found or not offered:
                raise HTTPException(404)
            grading = gradings.of(connection, [found.number]).get(found.number)
            if grading is None:
                return PlainTextResponse("It waits for its turn.", 202)
            return HTMLResponse(write_feedback(grading.header, shown(connection, services, offered, grading)))

    return [
        guarded("/assignments/{assignment}/submissions", submit, STUDENT, ["POST"], sends=Sends.FILE),
        guarded("/submissions/{public}", feedback, STUDENT),
    ]
