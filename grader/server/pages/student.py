"""The pages of a student: assignments, where to hand in, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from grader.errors import RefusedError
from grader.models.report import StoredReport
from grader.reports import wording
from grader.reports.feedback_page import write_content
from grader.server.catalogue import Offered
from grader.server.identity.guard import STUDENT, Sends, guarded, person_of
from grader.server.pages import frame, receipts, times
from grader.server.pages.board import Board, before, stream
from grader.server.services import Services
from grader.server.standing import Attempt, Standing, late_policy_of, of_person, shown
from grader.server.store import submissions
from grader.server.store.changes import Changes
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.submissions import Submission
from grader.server.uploads import accept, received
from grader.submissions import safe_id

PATIENCE = 2.0
"""Seconds for which the page of a new submission waits for its feedback, if it is next."""

FRESH = 5.0
"""Seconds for which a submission is new."""

AGAIN = "Choose the notebook of this assignment, as you saved it, and hand it in."
"""What to do when something was refused that does not say it itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as its student meets it; `marks` is the mark that counts: points, and of how many."""

    name: str
    title: str
    due: datetime | None
    extended: bool
    state: str
    tone: str
    marks: tuple[str, str] | None

    @property
    def address(self) -> str:
        """Return the address of its page."""
        return address_of(self.name)


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt in the table of attempts."""

    number: int
    received_at: datetime
    late: bool
    points: str
    is_graded: bool
    counts: bool
    address: str


def address_of(name: str) -> str:
    """Return the address of the page of an assignment."""
    return f"/assignments/{name}"


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of students."""
    board = Board(services)

    def assignment(request: Request) -> Response:
        return _assignment_page(services, request, _offered(services, request))

    async def submit(request: Request) -> Response:
        offered = await run_in_threadpool(_offered, services, request)
        try:
            upload = await received(request, services)
            stored = await run_in_threadpool(accept, services, person_of(request), offered, upload, "page")
        except RefusedError as error:
            return await run_in_threadpool(_assignment_page, services, request, offered, error)
        return RedirectResponse(f"/submissions/{stored.public}", 303)

    async def submission(request: Request) -> Response:
        found, offered = await run_in_threadpool(_own, services, request)
        new = (services.now() - found.received_at).total_seconds() < FRESH
        if new and before(await board.look(found.number), found.number) == 0:
            await board.graded(found.number, PATIENCE)
        seen = await board.look(found.number)
        return await run_in_threadpool(_submission_page, services, request, offered, found, seen)

    async def state(request: Request) -> Response:
        found, _ = await run_in_threadpool(_own, services, request)

        def news(seen: Changes) -> tuple[str, str]:
            place = before(seen, found.number)
            return ("graded", "now") if place is None else ("waiting", how_long(place, seen.pace))

        return stream(board, news, submission=found.number, last="graded")

    def receipt(request: Request) -> Response:
        found, offered = _own(services, request)
        name = f"receipt-{offered.name}-{found.attempt}.txt"
        text = receipts.receipt(services, offered, person_of(request), found)
        return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    return [
        guarded("/assignments/{assignment}", assignment, STUDENT),
        guarded("/assignments/{assignment}/submissions", submit, STUDENT, ["POST"], sends=Sends.FILE),
        guarded("/assignments/{assignment}/submissions", frame.page_above, STUDENT),
        guarded("/submissions/{public}", submission, STUDENT),
        guarded("/submissions/{public}/state", state, STUDENT),
        guarded("/submissions/{public}/receipt.txt", receipt, STUDENT),
    ]


def home(services: Services, request: Request) -> Response:
    """Return the assignments of a student.

    Args:
        services: the service.
        request: what it answers.

    Returns:
        the page.
    """
    person = person_of(request)
    with services.database.reading() as connection:
        lines = [_line(connection, services, offered, person)[0] for offered in services.catalogue.all()]
    return frame.show(services, request, "student_home.html", lines=lines)


# ---------------------------------------------------------------- an assignment


def _offered(services: Services, request: Request) -> Offered:
    """Return the assignment that an address names."""
    found = services.catalogue.find(request.path_params["assignment"])
    if found is None:
        raise HTTPException(404)
    return found


def _assignment_page(
    services: Services, request: Request, offered: Offered, refused: RefusedError | None = None
) -> Response:
    """Return the page of an assignment; if something was refused, with the reason."""
    with services.database.reading() as connection:
        line, standing = _line(connection, services, offered, person_of(request))
    problem, _, advice = str(refused or "").partition("\n  ")
    answer = frame.show(
        services,
        request,
        "assignment.html",
        refused.status if refused else 200,
        trail=[(offered.title, "")],
        line=line,
        attempts=[row_of(one, standing.counts, line.due) for one in reversed(standing.attempts)],
        most=services.settings.max_upload >> 20,
        counts=services.settings.counts,
        handout=offered.handout.is_dir(),
        problem=problem,
        advice=advice or (AGAIN if refused else ""),
    )
    if refused and refused.retry_after:
        answer.headers["Retry-After"] = str(refused.retry_after)
    return answer


def _line(
    connection: Connection, services: Services, offered: Offered, person: Person
) -> tuple[Line, Standing]:
    """Return an assignment as a student meets it, and where the student stands."""
    standing = of_person(connection, services, offered, person)
    due = due_of(connection, offered, person)
    counting = standing.counts.outline if standing.counts else None
    state, tone = _state(standing, counting)
    line = Line(
        name=offered.name,
        title=offered.title,
        due=due,
        extended=bool(due and offered.late and due != datetime.fromisoformat(offered.late.due)),
        state=state,
        tone=tone,
        marks=_marks(counting) if counting else None,
    )
    return line, standing


def _state(standing: Standing, counting: StoredReport | None) -> tuple[str, str]:
    """Return in a sentence where a student stands, and the tone of it."""
    if not standing.attempts:
        return "You have not handed in anything yet.", "open"
    count = len(standing.attempts)
    so_far = f"{count} attempt{'' if count == 1 else 's'}"
    if counting is None:
        return f"{so_far}; the last one is waiting to be graded.", "open"
    full = counting.points is not None and counting.points >= counting.max_points
    return f"{so_far}; what counts: {wording.report_marks(counting)}.", "good" if full else "bad"


def _marks(outline: StoredReport) -> tuple[str, str]:
    """Return the mark that counts in two parts, of which the first is large."""
    if outline.points is None or (outline.ruling and outline.ruling.excused):
        return wording.report_marks(outline).capitalize(), ""
    return f"{wording.neat(outline.points):,}", f" of {wording.neat(outline.max_points):,} points"


def row_of(one: Attempt, counting: Attempt | None, due: datetime | None) -> Row:
    """Return an attempt as a table of attempts has it.

    Args:
        one: the attempt.
        counting: the attempt of the same student that counts.
        due: when work is due.

    Returns:
        the row.
    """
    outline = one.outline
    points = wording.report_marks(outline) if outline else "–"
    return Row(
        number=one.submission.attempt,
        received_at=in_zone(one.submission.received_at, due),
        late=bool(outline and outline.late),
        points=points,
        is_graded=outline is not None,
        counts=one is counting and outline is not None,
        address=f"/submissions/{one.submission.public}",
    )


# ---------------------------------------------------------------- one attempt


def _own(services: Services, request: Request) -> tuple[Submission, Offered]:
    """Return the submission that an address names, of nobody but who asks, with its assignment."""
    with services.database.reading() as connection:
        found = submissions.with_public(connection, request.path_params["public"], person_of(request))
    offered = services.catalogue.find(found.assignment) if found else None
    if found is None or offered is None:
        raise HTTPException(404)
    return found, offered


def _submission_page(
    services: Services, request: Request, offered: Offered, found: Submission, seen: Changes
) -> Response:
    """Return the page of an attempt: its feedback, or how long it takes."""
    person = person_of(request)
    with services.database.reading() as connection:
        standing = of_person(connection, services, offered, person)
        due = due_of(connection, offered, person)
        attempt = next(one for one in standing.attempts if one.submission.number == found.number)
        report = shown(connection, services, offered, attempt.grading) if attempt.grading else None
    content = write_content(attempt.grading.header, report) if attempt.grading and report else b""
    mark = wording.report_marks(report) if report else "Waiting"
    return frame.show(
        services,
        request,
        "submission.html",
        trail=[(offered.title, address_of(offered.name)), (f"Attempt {found.attempt}", "")],
        title=f"{mark}: {offered.title}, attempt {found.attempt}",
        heading=f"Attempt {found.attempt} is waiting",
        one=row_of(attempt, standing.counts, due),
        again=address_of(offered.name),
        content=Markup(content.decode()),  # noqa: S704  # all that is printed in it is escaped
        waiting=how_long(before(seen, found.number) or 0, seen.pace),
    )


def how_long(place: int, pace: float) -> str:
    """Say how long a submission waits.

    Args:
        place: how many submissions are before it.
        pace: the seconds from one grading to the next.

    Returns:
        a sentence.
    """
    if not place:
        return "It is next."
    others = "1 is" if place == 1 else f"{place:,} are"
    return f"{others} before you: about {times.lasting((place + 1) * pace)}."


def due_of(connection: Connection, offered: Offered, person: Person) -> datetime | None:
    """Return when the work of a student is due.

    Args:
        connection: a transaction.
        offered: the assignment.
        person: the student.

    Returns:
        the time in the zone of the due date; None if there is none.
    """
    policy = late_policy_of(connection, offered)
    if policy is None:
        return None
    given = (policy.extensions[key] for key in (safe_id(person.key), person.key) if key in policy.extensions)
    return in_zone(datetime.fromisoformat(next(given, policy.due)), datetime.fromisoformat(policy.due))


def in_zone(at: datetime, due: datetime | None) -> datetime:
    """Return a time in the zone of a due date, if there is one."""
    return at.astimezone(due.tzinfo) if due else at
