"""The page on which a class is graded again: first what would change, then the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.execution.regrade_words import rows_of
from grader.server.identity.guard import INSTRUCTOR, guarded, person_of
from grader.server.pages import frame
from grader.server.pages.adjusting import DONE
from grader.server.pages.differences import differences
from grader.server.pages.roll import Roll, address_of, offered_in, pages_of, roll_of
from grader.server.queue.graders import made_by, order_of
from grader.server.services import Services
from grader.server.store import events, regradings
from grader.server.store.database import Connection
from grader.server.store.regradings import Regrading

Decide = Callable[[Connection, Regrading, datetime], bool]


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page."""

    def page(request: Request) -> Response:
        return _page(services, request)

    def begin(request: Request) -> Response:
        offered, by, at = offered_in(services, request), person_of(request), services.now()
        digest = made_by(offered.definition, order_of(services.settings, offered.name))
        with services.database.writing() as connection:
            regradings.begin(connection, offered.name, digest, by, at)
            events.note(connection, at, "compared a regrading", by, None, offered.name)
        return RedirectResponse(f"{address_of(offered.name)}/regrade", 303)

    def accept(request: Request) -> Response:
        return _decided(services, request, regradings.accept, "regraded the class", "regraded")

    def drop(request: Request) -> Response:
        return _decided(services, request, regradings.drop, "left the marks as they were", "left")

    at = "/classes/{assignment}/regrade"
    return [
        guarded(at, page, INSTRUCTOR, name="regrade"),
        guarded(at, begin, INSTRUCTOR, ["POST"], name="begin a regrading"),
        guarded(f"{at}/accept", accept, INSTRUCTOR, ["POST"]),
        guarded(f"{at}/drop", drop, INSTRUCTOR, ["POST"]),
    ]


def _page(services: Services, request: Request) -> Response:
    offered = offered_in(services, request)
    with services.database.reading() as connection:
        roll = roll_of(connection, services, offered)
        regrading = regradings.latest(connection, offered.name)
        is_open = regrading is not None and regrading.is_open
        waiting = regradings.waiting(connection, regrading) if regrading and is_open else 0
        graded = regradings.graded(connection, regrading) if regrading and is_open else 0
        ready = regrading if is_open and not waiting else None
        changes = differences(connection, services, roll, ready) if ready else []
    rows = [
        (person.called, f"{roll.address}/students/{person.public}", row[1:])
        for person, change in changes
        for row in rows_of(change)
    ]
    return frame.show(
        services,
        request,
        "regrade.html",
        wide=True,
        trail=[(offered.title, roll.address), ("Regrade", "")],
        title=offered.title,
        address=roll.address,
        pages=pages_of(request, offered),
        regrading=regrading if is_open else None,
        waiting=waiting,
        graded=graded,
        rows=rows,
        count=len(changes),
        total=sum(bool(one.attempts) for one in roll.standings),
        stale=_stale(services, roll),
        said=DONE.get(request.query_params.get("done", ""), ""),
    )


def _stale(services: Services, roll: Roll) -> int:
    """Return how many marks were made by other files than those of now."""
    offered = roll.offered
    digest = made_by(offered.definition, order_of(services.settings, offered.name))
    graded = (one.counts.grading for one in roll.standings if one.counts)
    return sum(grading is not None and grading.made_by != digest for grading in graded)


def _decided(services: Services, request: Request, decide: Decide, what: str, done: str) -> Response:
    """Accept or drop the regrading that was shown; if it is another one by now, show that."""
    offered, by, at = offered_in(services, request), person_of(request), services.now()
    with services.database.writing() as connection:
        shown = regradings.with_public(connection, str(request.state.form.get("regrading", "")))
        if shown is None or shown.assignment != offered.name:
            raise HTTPException(404)
        if decide(connection, shown, at):
            events.note(connection, at, what, by, None, offered.name)
        else:
            done = "late"
    return RedirectResponse(f"{address_of(offered.name)}/regrade?done={done}", 303)
