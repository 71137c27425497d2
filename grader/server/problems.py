"""Answer a request that is refused, or that failed: a sentence, and the right status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from grader.errors import GraderError, RefusedError

SAYS = {
    403: "This was not sent from a page of this service.\n  Go back, load the page again, and repeat it.",
    404: "There is nothing here, or nothing for you.\n  Begin at the link that you were given.",
    405: "This address is not asked in this way.\n  Begin at the first page.",
}
UNKNOWN_PROGRAM = (
    "This token is missing, wrong, expired or revoked.\n"
    "  Make one on the page Tokens of this service, and send it as: Authorization: Bearer TOKEN"
)
OURS = "Something went wrong here, by no fault of yours. What was acknowledged before is kept.\n  Try again."

NO_HEADERS: Mapping[str, str] = {}

Page = Callable[[Request, int, str], Response]


def answers(page: Page | None = None, headers: Mapping[str, str] = NO_HEADERS) -> Mapping[Any, Any]:
    """Return what answers each kind of exception.

    Args:
        page: makes the page of a status and a text; by default a plain one.
        headers: those of an answer to a fault of ours, which passes no middleware.

    Returns:
        the handlers, as Starlette takes them.
    """
    show = page or _plain

    def answer(request: Request, status: int, text: str, headers: Mapping[str, str]) -> Response:
        said = _json(status, text) if _is_program(request) else show(request, status, text)
        said.headers.update(headers)
        return said

    def refused(request: Request, error: RefusedError) -> Response:
        after = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
        return answer(request, error.status, str(error), after)

    def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404 and _is_program(request) and not getattr(request.state, "person", None):
            return answer(request, 401, UNKNOWN_PROGRAM, {"WWW-Authenticate": "Bearer"})
        return answer(
            request, error.status_code, SAYS.get(error.status_code, error.detail), error.headers or {}
        )

    def unusable(request: Request, error: GraderError) -> Response:  # noqa: ARG001  # it names paths of the course
        return answer(request, 503, OURS, {})

    def ours(request: Request, error: Exception) -> Response:  # noqa: ARG001  # nobody is shown a traceback
        return answer(request, 500, OURS, headers)

    return {RefusedError: refused, HTTPException: http, GraderError: unusable, Exception: ours}


def _is_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _plain(_: Request, status: int, text: str) -> Response:
    page = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{status}</title><p>{escape(text)}</p>"
    return HTMLResponse(page, status)


def _json(status: int, text: str) -> Response:
    problem, _, advice = text.partition("\n  ")
    return JSONResponse(
        {"status": status, "title": problem, "detail": advice}, status, media_type="application/problem+json"
    )
