"""The page of the same mistakes: groups of students who are answered at once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import AdjustmentError, RefusedError
from grader.grading.answer_fingerprint import groups_of
from grader.reports.class_report.answer_groups import groups
from grader.reports.class_report.page import GROUPS
from grader.reports.class_report.student_table import who
from grader.results.adjustments import in_words
from grader.server.identity.guard import STAFF, guarded, person_of
from grader.server.pages import frame
from grader.server.pages.adjusting import DONE
from grader.server.pages.roll import offered_in, pages_of, reports_of, roll_of
from grader.server.services import Services
from grader.server.store import events, marks

NO_GROUP = "Nobody is in this group any more.\n  Load the page again: the groups may have changed."


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page."""

    def page(request: Request) -> Response:
        return _page(services, request)

    def say(request: Request) -> Response:
        form = request.state.form
        return _say(services, request, form.get("group", ""), form.get("text", ""))

    return [
        guarded("/classes/{assignment}/mistakes", page, STAFF, name="mistakes"),
        guarded("/classes/{assignment}/mistakes", say, STAFF, ["POST"]),
    ]


def _page(services: Services, request: Request, refused: RefusedError | None = None) -> Response:
    offered = offered_in(services, request)
    with services.database.reading() as connection:
        roll = roll_of(connection, services, offered)
        reports = [one for one in reports_of(connection, services, roll) if one.status == "graded"]
        comments = marks.comments(connection, offered.name)
    found = groups(reports)
    problem, _, advice = str(refused or "").partition("\n  ")
    return frame.show(
        services,
        request,
        "mistakes.html",
        refused.status if refused else 200,
        wide=True,
        trail=[(offered.title, roll.address), ("The same mistakes", "")],
        title=offered.title,
        address=roll.address,
        pages=pages_of(request, offered),
        groups=found[:GROUPS],
        more=max(0, len(found) - GROUPS),
        comments=comments,
        page_of=roll.page_of,
        who=who,
        base="",
        said=DONE.get(request.query_params.get("done", ""), ""),
        problem=problem,
        advice=advice,
    )


def _say(services: Services, request: Request, group: str, text: str) -> Response:
    offered, by, at = offered_in(services, request), person_of(request), services.now()
    try:
        words = in_words(text, "What is said") if text.strip() else ""
    except AdjustmentError as error:
        return _page(services, request, RefusedError(422, str(error)))
    with services.database.writing() as connection:
        roll = roll_of(connection, services, offered)
        reports = reports_of(connection, services, roll)
        members = [one for one in reports if any(group in groups_of(score) for score in one.exercises)]
        known = bool(members) or group in marks.comments(connection, offered.name)
        if known:
            marks.comment(connection, offered.name, group, words, by, at)
            what = "said to a group" if words else "took back what was said"
            events.note(
                connection, at, what, by, None, offered.name, group=group, text=words, members=len(members)
            )
    if not known:
        return _page(services, request, RefusedError(422, NO_GROUP))
    done = "commented" if words else "silenced"
    return RedirectResponse(f"{roll.address}/mistakes?done={done}", 303)
