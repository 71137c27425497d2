"""For instructors: how people come in, and the learning systems that send them and get marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import RefusedError
from grader.server.identity.guard import INSTRUCTOR, guarded, person_of
from grader.server.identity.links import link_of, links_csv
from grader.server.identity.lti.configuration import addresses
from grader.server.identity.lti.reading import read_members
from grader.server.identity.lti.registration import FIELDS, registration
from grader.server.identity.lti.tool import Tool
from grader.server.pages import frame
from grader.server.services import Services
from grader.server.store import deliveries, events, people, platforms, sessions
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.platforms import Connected

ADDRESS = "/ways-in"
DONE = {
    "registered": "The learning system is set up. Open a link to this service in one of its courses next.",
    "removed": "The learning system is removed. Its people stay; nobody comes in from it any more.",
    "connected": "The course is connected. Its people come in when they open a link there.",
    "disconnected": "The course is disconnected: nobody comes in from it, and no mark goes to it.",
    "sent": "All marks are on their way.",
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mark that did not arrive, in words."""

    who: str
    assignment: str
    problem: str
    again: datetime | None


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page and of its forms."""
    tool = Tool(services)

    def page(request: Request) -> Response:
        return _page(services, request, said=DONE.get(request.query_params.get("done", ""), ""))

    def table(_: Request) -> Response:
        kept = {"Content-Disposition": 'attachment; filename="links.csv"'}
        return Response(links_csv(services), media_type="text/csv", headers=kept)

    def new_link(request: Request) -> Response:
        return _new_link(services, request)

    def register(request: Request) -> Response:
        return _register(services, request)

    def remove(request: Request) -> Response:
        return _done(services, request, "removed", lambda connection: _removed(connection, request))

    def connect(request: Request) -> Response:
        return _connect(services, request, services.now())

    def disconnect(request: Request) -> Response:
        return _connect(services, request, None)

    def members(request: Request) -> Response:
        with services.database.reading() as connection:
            course = _course(connection, request)
        count = read_members(tool, course, person_of(request))
        return _page(
            services, request, said=f"{count:,} people of {course.title or course.context} are here."
        )

    def send_all(request: Request) -> Response:
        return _done(
            services, request, "sent", lambda connection: deliveries.want_all(connection, services.now())
        )

    post: list[tuple[str, Callable[[Request], Response]]] = [
        ("/link", new_link),
        ("/platforms", register),
        ("/platforms/{public}/remove", remove),
        ("/courses/{public}/connect", connect),
        ("/courses/{public}/disconnect", disconnect),
        ("/courses/{public}/members", members),
        ("/marks", send_all),
    ]
    return [
        guarded(ADDRESS, page, INSTRUCTOR, name="ways in"),
        guarded(f"{ADDRESS}/links.csv", table, INSTRUCTOR),
        *(guarded(ADDRESS + path, endpoint, INSTRUCTOR, ["POST"]) for path, endpoint in post),
    ]


def _page(
    services: Services, request: Request, *, said: str = "", refused: RefusedError | None = None,
    made: tuple[str, str] | None = None,
) -> Response:  # fmt: skip
    with services.database.reading() as connection:
        known = {one.number: one for one in platforms.everyone(connection)}
        courses = [(one, known[one.platform].name) for one in platforms.courses(connection)]
        undelivered = _undelivered(connection)
        waiting = deliveries.waiting(connection)
    problem, _, advice = str(refused or "").partition("\n  ")
    return frame.show(
        services,
        request,
        "ways_in.html",
        refused.status if refused else 200,
        trail=[("Ways in", "")],
        page=ADDRESS,
        addresses=addresses(services.settings.base_url),
        platforms=[*known.values()],
        courses=courses,
        undelivered=undelivered,
        waiting=waiting,
        university=services.settings.openid_issuer,
        made=made,
        said=said,
        problem=problem,
        advice=advice,
        typed={name: request.state.form.get(name, "") if refused else "" for name in FIELDS},
    )


def _undelivered(connection: Connection) -> list[Undelivered]:
    return [
        Undelivered(people.whoever(connection, one.person).called, one.assignment, one.problem, one.due_at)
        for one in deliveries.undelivered(connection)
    ]


def _new_link(services: Services, request: Request) -> Response:
    """Make a new link for somebody, and refuse the old ones and all sessions that they began."""
    with services.database.writing() as connection:
        found = people.called_so(connection, str(request.state.form.get("who", "")).strip())
        if len(found) == 1:
            at = services.now()
            person = people.replace_links(connection, found[0], at)
            if person.number != person_of(request).number:
                sessions.end_all(connection, person)
            events.note(connection, at, "made a new link", person_of(request), person)
    if len(found) != 1:
        refused = RefusedError(422, "Nobody is called so.\n  Type the id or the address that the roster has.")
        return _page(services, request, refused=refused)
    return _page(services, request, made=(person.called, link_of(services, person)))


def _register(services: Services, request: Request) -> Response:
    fields: Mapping[str, str] = request.state.form
    try:
        row = registration(fields)
    except RefusedError as refused:
        return _page(services, request, refused=refused)
    return _done(services, request, "registered", lambda connection: platforms.register(connection, row))


def _removed(connection: Connection, request: Request) -> None:
    if not platforms.remove(connection, request.path_params["public"]):
        raise HTTPException(404)


def _connect(services: Services, request: Request, at: datetime | None) -> Response:
    return _done(
        services,
        request,
        "connected" if at else "disconnected",
        lambda connection: platforms.connect(connection, _course(connection, request), at),
    )


def _course(connection: Connection, request: Request) -> Connected:
    course = platforms.with_public(connection, request.path_params["public"])
    if course is None:
        raise HTTPException(404)
    return course


def _done(services: Services, request: Request, word: str, change: Callable[[Connection], None]) -> Response:
    """Change something, write down who did it, and show the page."""
    by: Person = person_of(request)
    with services.database.writing() as connection:
        change(connection)
        events.note(connection, services.now(), f"ways in: {word}", by)
    return RedirectResponse(f"{ADDRESS}?done={word}", 303)
