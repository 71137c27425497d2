"""The style sheet, the script and the icon of the service, under addresses that change with their content."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.reports.jinja_env import style
from grader.server.identity.guard import EVERYBODY, guarded
from grader.server.services import Services

FOLDER = Path(__file__).parent / "static"
STYLE, SCRIPT, ICON = "style.css", "service.js", "icon.svg"
KINDS = {STYLE: "text/css", SCRIPT: "text/javascript", ICON: "image/svg+xml"}
A_YEAR = "public, max-age=31536000, immutable"


@functools.cache
def files() -> Mapping[str, bytes]:
    """Return the files by their names: pages look like those of the reports, with little more."""
    sheets = (style("feedback.css"), style("class.css"), style("service.css", FOLDER))
    ours = {name: (FOLDER / name).read_bytes() for name in (SCRIPT, ICON)}
    return {STYLE: "".join(sheets).encode(), **ours}


@functools.cache
def address(name: str) -> str:
    """Return the address of a file, which browsers may keep for ever."""
    return f"/static/{hashlib.sha256(files()[name]).hexdigest()[:12]}/{name}"


def routes(services: Services) -> list[BaseRoute]:  # noqa: ARG001  # it is the same for all
    """Return the route of the files."""

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in files():
            raise HTTPException(404)
        return Response(files()[name], media_type=KINDS[name], headers={"Cache-Control": A_YEAR})

    return [guarded("/static/{digest}/{name}", file, EVERYBODY, name="static")]
