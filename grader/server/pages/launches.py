"""What somebody meets who comes from a learning system."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import SignInError
from grader.server.identity import handshakes, headers
from grader.server.identity.cookies import enter
from grader.server.identity.forms import with_form
from grader.server.identity.guard import EVERYBODY, Sends, guarded
from grader.server.identity.lti.configuration import configuration
from grader.server.identity.lti.line_items import wanted_item
from grader.server.identity.lti.messages import chosen
from grader.server.identity.lti.tool import Arrival, Tool, told
from grader.server.identity.web_tokens import sign
from grader.server.pages import frame
from grader.server.services import Services
from grader.server.web_calls import callable_url

LOGIN, LAUNCH = "/lti/login", "/lti/launch"
LARGEST_LAUNCH = 200_000
"""Bytes of the form of a launch: the token has all that a learning system says of a course."""


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of learning systems."""
    tool = Tool(services)

    def login_by_link(request: Request) -> Response:
        return _login(tool, request, request.query_params)

    async def login_by_form(request: Request) -> Response:
        read = await with_form(request)
        return await run_in_threadpool(_login, tool, read, _texts(read))

    async def launch(request: Request) -> Response:
        read = await with_form(request, LARGEST_LAUNCH)
        return await run_in_threadpool(_launch, tool, read, _texts(read))

    def keys(_: Request) -> Response:
        return JSONResponse(tool.published_keys())

    def described(_: Request) -> Response:
        title = services.catalogue.course_file.title or "Assignments"
        return JSONResponse(configuration(services.settings.base_url, title))

    return [
        guarded(LOGIN, login_by_link, EVERYBODY),
        guarded(LOGIN, login_by_form, EVERYBODY, ["POST"], sends=Sends.MESSAGE),
        guarded(LAUNCH, launch, EVERYBODY, ["POST"], sends=Sends.MESSAGE),
        guarded("/lti/keys", keys, EVERYBODY),
        guarded("/lti/configuration.json", described, EVERYBODY),
    ]


def _texts(request: Request) -> dict[str, str]:
    """Return the fields of a form that are texts."""
    return {name: value for name, value in request.state.form.items() if isinstance(value, str)}


def _login(tool: Tool, request: Request, parameters: Mapping[str, str]) -> Response:
    """Send a browser to the learning system; from a frame first into a window, where it keeps cookies."""
    to, sent = tool.begin(parameters)
    if request.headers.get("sec-fetch-dest") in {"iframe", "frame"}:
        address = f"{LOGIN}?{urlencode(parameters)}"
        answer = frame.show(tool.services, request, "own_window.html", address=address)
        answer.headers["content-security-policy"] = headers.policy(headers.PAGE, frame_ancestors="https:")
        return answer
    answer = RedirectResponse(to, 303)
    settings = tool.services.settings
    # A form of another site brings only cookies that say so; browsers take those for HTTPS, and on localhost.
    handshakes.give(answer, sent, settings.secret, LAUNCH, secure=True, crossing="none")
    return answer


def _launch(tool: Tool, request: Request, form: Mapping[str, str]) -> Response:
    """Let in whom a learning system sends."""
    services = tool.services
    now = services.now().timestamp()
    sent = handshakes.taken(request, form.get("state", ""), services.settings.secret, now)
    if "id_token" not in form:
        raise SignInError("The learning system did not sign you in. Open the assignment there again.")
    arrival = tool.finish(form["id_token"], sent)
    if arrival.launch.deep_link:
        return _choose(tool, request, arrival)
    then = f"/assignments/{arrival.assignment}" if arrival.assignment else "/"
    answer = enter(services, request, arrival.person, then if arrival.person.role == "student" else "/")
    handshakes.drop(answer, sent, LAUNCH)
    return answer


def _choose(tool: Tool, request: Request, arrival: Arrival) -> Response:
    """Let an instructor choose the assignment of a new link; nobody is signed in by that."""
    if arrival.person.role != "instructor":
        raise SignInError("Only instructors choose assignments.")
    services = tool.services
    back = callable_url(str(arrival.launch.deep_link.get("deep_link_return_url", "")))
    now = services.now().timestamp()
    offers = []
    for offered in services.catalogue.all():
        item = wanted_item(offered.name, offered.title, offered.max_points, "")
        claims = chosen(arrival.launch, told(arrival.platform), services.settings.base_url, item)
        offers.append((offered.title, sign(claims, tool.key, now)))
    answer = frame.show(services, request, "choose.html", back=back, offers=offers)
    parts = urlsplit(back)
    answer.headers["content-security-policy"] = headers.policy(
        headers.PAGE, form_action=f"{parts.scheme}://{parts.netloc}"
    )
    return answer
