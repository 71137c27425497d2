"""The page of one student at one assignment, for those who mark: what was handed in, and what they decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import AdjustmentError
from grader.reports.feedback_page import write_content
from grader.server import deciding
from grader.server.catalogue import Offered
from grader.server.identity.guard import INSTRUCTOR, STAFF, guarded, person_of
from grader.server.pages import frame
from grader.server.pages.adjusting import ACTIONS, DONE, typed_in
from grader.server.pages.roll import address_of, offered_in
from grader.server.pages.student import due_of, row_of
from grader.server.services import Services
from grader.server.standing import Attempt, Standing, of_person, shown
from grader.server.store import people, submissions
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.typed import Typed


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not done and why, and what was typed."""

    error: AdjustmentError
    typed: Typed | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The student and the assignment that an address names."""

    offered: Offered
    person: Person

    @property
    def address(self) -> str:
        """Return the address of the page."""
        return f"{address_of(self.offered.name)}/students/{self.person.public}"


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page of a student."""

    def page(request: Request) -> Response:
        return _page(services, request, _subject(services, request))

    def adjust(request: Request) -> Response:
        form = request.state.form
        return _adjust(services, request, typed_in(form), form.get("back", ""))

    def extend(request: Request) -> Response:
        form = request.state.form
        undo = form.get("action") == "undo"
        return _extend(services, request, None if undo else form.get("until", ""), form.get("because", ""))

    def notebook(request: Request) -> Response:
        return _notebook(services, _subject(services, request), request.path_params["attempt"])

    one = "/classes/{assignment}/students/{public}"
    return [
        guarded(one, page, STAFF, name="student of a class"),
        guarded(f"{one}/adjust", adjust, STAFF, ["POST"]),
        guarded(f"{one}/adjust", frame.page_above, STAFF),
        guarded(f"{one}/extend", extend, INSTRUCTOR, ["POST"]),
        guarded(f"{one}/extend", frame.page_above, INSTRUCTOR),
        guarded(f"{one}/attempts/{{attempt}}/notebook.ipynb", notebook, STAFF),
    ]


def _subject(services: Services, request: Request) -> Subject:
    offered = offered_in(services, request)
    with services.database.reading() as connection:
        person = people.with_public(connection, request.path_params["public"])
    if person is None or person.role != "student":
        raise HTTPException(404)
    return Subject(offered, person)


# ---------------------------------------------------------------- looking


def _page(services: Services, request: Request, subject: Subject, refused: Refused | None = None) -> Response:
    offered, person = subject.offered, subject.person
    with services.database.reading() as connection:
        standing = of_person(connection, services, offered, person)
        due = due_of(connection, offered, person)
        chosen = _chosen(standing, request.query_params.get("attempt", ""))
        content = _content(connection, services, offered, chosen)
    usual = datetime.fromisoformat(offered.late.due) if offered.late else None
    problem, _, advice = str(refused.error if refused else "").partition("\n  ")
    return frame.show(
        services,
        request,
        "person_page.html",
        422 if refused else 200,
        trail=[(offered.title, address_of(offered.name)), (person.called, "")],
        title=offered.title,
        address=subject.address,
        who=person.called,
        email=person.email,
        due=due,
        extended=due != usual,
        zone=f"{due:%Z}" if due else "",
        until=f"{due:%Y-%m-%dT%H:%M}" if due else "",
        may_extend=due is not None and person_of(request).role == "instructor",
        attempts=[row_of(one, standing.counts, due) for one in reversed(standing.attempts)],
        chosen=chosen.submission.attempt if chosen else None,
        functions=[exercise.name for exercise in offered.definition.exercises],
        actions=ACTIONS,
        content=content,
        empty=_empty(standing),
        said=DONE.get(request.query_params.get("done", ""), ""),
        problem=problem,
        advice=advice,
        typed=refused.typed if refused else None,
        typed_until=refused.until if refused else None,
    )


def _chosen(standing: Standing, number: str) -> Attempt | None:
    """Return the attempt with a number, or else the one that counts."""
    named = (one for one in standing.attempts if str(one.submission.attempt) == number)
    return next(named, standing.counts)


def _content(connection: Connection, services: Services, offered: Offered, chosen: Attempt | None) -> Markup:
    if chosen is None or chosen.grading is None:
        return Markup()
    report = shown(connection, services, offered, chosen.grading)
    content = write_content(chosen.grading.header, report)
    return Markup(content.decode())  # noqa: S704  # all that is printed in it is escaped


def _empty(standing: Standing) -> str:
    if standing.attempts:
        return "It is stored, and waits to be graded. Load this page again in a moment."
    return "Nothing was handed in yet."


def _notebook(services: Services, subject: Subject, number: str) -> Response:
    """Return the notebook of an attempt, as a download that no browser shows."""
    with services.database.reading() as connection:
        those = submissions.of(connection, subject.person, subject.offered.name)
        found = next((one for one in those if str(one.attempt) == number), None)
        if found is None:
            raise HTTPException(404)
        content = submissions.content_of(connection, found.number)
    name = f"{subject.offered.name}-attempt-{found.attempt}.ipynb"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)


# ---------------------------------------------------------------- deciding


def _adjust(services: Services, request: Request, typed: Typed, back: str) -> Response:
    subject = _subject(services, request)
    try:
        deciding.adjust(services, subject.offered, subject.person, typed, person_of(request))
    except AdjustmentError as error:
        return _page(services, request, subject, Refused(error, typed))
    return _back_to(subject, back, "adjusted")


def _extend(services: Services, request: Request, until: str | None, because: str) -> Response:
    subject = _subject(services, request)
    try:
        deciding.extend(services, subject.offered, subject.person, until, because, person_of(request))
    except AdjustmentError as error:
        return _page(services, request, subject, Refused(error, until=until or ""))
    return _back_to(subject, subject.address, "withdrawn" if until is None else "extended")


def _back_to(subject: Subject, back: str, done: str) -> Response:
    """Return to the page that the form was on: this one, or one of its class."""
    inside = back.startswith(f"{address_of(subject.offered.name)}?")
    place = back if inside else subject.address
    return RedirectResponse(f"{place}{'&' if '?' in place else '?'}done={done}", 303)
