"""Show a page in the frame that all pages of the service share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grader.reports.jinja_env import environment
from grader.server.identity import csrf
from grader.server.identity.guard import signed_in
from grader.server.pages import static, times
from grader.server.services import Services

TEMPLATES = Path(__file__).parent / "templates"

Trail = Sequence[tuple[str, str]]
"""Where a page is: words and addresses, from the outermost to the page itself, which has no address."""

TITLES = {404: "There is nothing here", 413: "This is too large", 429: "One moment", 503: "Not just now"}


def show(
    services: Services,
    request: Request,
    name: str,
    status: int = 200,
    *,
    trail: Trail = (),
    wide: bool = False,
    **context: Any,
) -> Response:
    """Return a page.

    Args:
        services: the service.
        request: what it answers.
        name: the file name of its template.
        status: the HTTP status.
        trail: where the page is.
        wide: whether it needs more room than text has.
        context: what the template prints.

    Returns:
        the page.
    """
    template = environment(TEMPLATES).get_template(name)
    page = template.render(
        course=services.catalogue.course_file.title,
        base_url=services.settings.base_url,
        person=request.state.person if signed_in(request) else None,
        static=static.address,
        times=times,
        now=services.now(),
        token=csrf.hidden_field(request),
        trail=trail,
        wide=wide,
        **context,
    )
    # A name in a notebook may have a lone surrogate, which UTF-8 cannot encode.
    return HTMLResponse(page.encode("utf-8", "backslashreplace"), status)


def page_above(request: Request) -> Response:
    """Send whoever types the address of a form to the page that has it."""
    return RedirectResponse(request.url.path.rpartition("/")[0], 303)


def problem(services: Services, request: Request, status: int, text: str) -> Response:
    """Return the page of a request that was refused or failed.

    Args:
        services: the service.
        request: what it answers.
        status: the HTTP status.
        text: what is wrong, and after an indented line break what to do.

    Returns:
        the page.
    """
    said, _, advice = text.partition("\n  ")
    heading = TITLES.get(status, "This did not work")
    return show(services, request, "message.html", status, heading=heading, problem=said, advice=advice)
