"""The JSON interface: hand in, read feedback and marks, from a terminal or a program."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from grader.assignments.sorting import traits_of
from grader.errors import RefusedError, UnreadableError
from grader.notebooks.assignment_detection import read_traits, recognise
from grader.reports.feedback_page import write_feedback
from grader.reports.terminal import submission_text
from grader.server.api import views
from grader.server.api.decisions import decisions
from grader.server.api.messages import Me, Offer, Outcome, Receipt, Row
from grader.server.api.openapi import document
from grader.server.api.operations import Media, Operation, Parameter, found, told
from grader.server.catalogue import Offered
from grader.server.identity.guard import ANYBODY, EVERYBODY, STAFF, STUDENT, person_of
from grader.server.metrics import exposed
from grader.server.services import Services
from grader.server.standing import class_of, shown
from grader.server.store import gradings, people, submissions
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.submissions import Submission
from grader.server.uploads import Received, accept, received

BINARY = {"type": "string", "format": "binary"}
NOTEBOOK = (
    Media("application/octet-stream", BINARY),
    Media(
        "multipart/form-data",
        {"type": "object", "required": ["notebook"], "properties": {"notebook": BINARY}},
    ),
)
FEEDBACK = (Media("text/html", {"type": "string"}), Media("text/plain", {"type": "string"}))
METRICS = (Media("text/plain", {"type": "string"}),)
NAME = {"type": "string", "pattern": "^[A-Za-z0-9_]{1,100}$"}
ID = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,32}$"}
FILE = Parameter("file", "What the file is called, where the body is the notebook itself.")
COLUMNS = 100
"""The width of feedback as text."""

NOT_YET = "This is not graded yet.\n  Ask again in a second."


def operations(services: Services) -> list[Operation]:
    """Return the operations of the interface."""
    interface = Interface(services)
    assignment = Parameter("assignment", "Its name.", "path", NAME)
    submission = Parameter("public", "The `id` of its receipt.", "path", ID)
    one = f"/assignments/{{{assignment.name}}}"
    attempt = f"/submissions/{{{submission.name}}}"
    return [
        Operation(
            name="me", method="GET", path="/me", who=ANYBODY, endpoint=interface.me,
            does="Say for whom the token asks.", answers={200: Me},
        ),
        Operation(
            name="assignments", method="GET", path="/assignments", who=ANYBODY,
            endpoint=interface.assignments,
            does="List the assignments.", answers={200: list[Offer]},
        ),
        Operation(
            name="assignment", method="GET", path=one, who=ANYBODY, endpoint=interface.assignment,
            does="Say what an assignment is worth, and when it is due.", answers={200: Offer},
            parameters=[assignment],
        ),
        Operation(
            name="submit", method="POST", path=f"{one}/submissions", who=STUDENT, endpoint=interface.submit,
            does="Hand in a notebook.\n\nWhat is answered with 201 or 200 is stored, and will be graded. The "
            "bytes of the last attempt again are that attempt, with status 200: so a request that got no "
            "answer can be repeated. What is no notebook of the assignment is refused with 422.",
            answers={201: Receipt, 200: Receipt}, refuses=[400, 413, 422, 429, 507],
            parameters=[assignment, FILE], body=NOTEBOOK,
        ),
        Operation(
            name="submit_any", method="POST", path="/submissions", who=STUDENT, endpoint=interface.submit_any,
            does="Hand in a notebook, and let the service find out of which assignment it is.",
            answers={201: Receipt, 200: Receipt}, refuses=[400, 413, 422, 429, 507],
            parameters=[FILE], body=NOTEBOOK,
        ),
        Operation(
            name="submissions", method="GET", path=f"{one}/submissions", who=STUDENT,
            endpoint=interface.attempts, does="List one's own attempts, the oldest first.",
            answers={200: list[Outcome]}, parameters=[assignment],
        ),
        Operation(
            name="submission", method="GET", path=attempt, who=ANYBODY, endpoint=interface.submission,
            does="Say what became of a submission.\n\nWhile its status is `waiting`, ask again after "
            "`retry_after` seconds; `before` is how many are graded before it.",
            answers={200: Outcome}, parameters=[submission],
        ),
        Operation(
            name="feedback", method="GET", path=f"{attempt}/feedback", who=ANYBODY,
            endpoint=interface.feedback,
            does="Get the feedback.\n\nThe page that students see, or with `Accept: text/plain` what a "
            "terminal shows.",
            answers={200: FEEDBACK}, refuses=[409], parameters=[submission],
        ),
        Operation(
            name="notebook", method="GET", path=f"{attempt}/notebook", who=ANYBODY,
            endpoint=interface.notebook, does="Get the bytes that were handed in.",
            answers={200: NOTEBOOK[:1]}, parameters=[submission],
        ),
        Operation(
            name="marks", method="GET", path=f"{one}/marks", who=STAFF, endpoint=interface.marks,
            does="List where all students stand, with all that people decided.", answers={200: list[Row]},
            parameters=[assignment],
        ),
        *decisions(services, assignment),
        Operation(
            name="metrics", method="GET", path="/metrics", who=STAFF, endpoint=interface.metrics,
            does="Get figures for Prometheus.", answers={200: METRICS},
        ),
    ]  # fmt: skip


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the interface, and of its document."""
    own = operations(services)
    described: dict[str, Any] = {}

    def openapi(_: Request) -> Response:
        return JSONResponse(described)

    own.append(
        Operation(
            name="openapi", method="GET", path="/openapi.json", who=EVERYBODY, endpoint=openapi,
            does="Get this document.", answers={200: [Media("application/json", {"type": "object"})]},
        )
    )  # fmt: skip
    described.update(document(own))
    return [operation.route for operation in own]


class Interface:
    """What answers each operation."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def me(self, request: Request) -> Response:
        """Say who asks."""
        person = person_of(request)
        return told(Me(name=person.called, role=person.role))

    def assignments(self, request: Request) -> Response:
        """List the assignments."""
        with self.services.database.reading() as connection:
            return told([self._offer(connection, one, request) for one in self.services.catalogue.all()])

    def assignment(self, request: Request) -> Response:
        """Tell one assignment."""
        offered = self._offered(request)
        with self.services.database.reading() as connection:
            return told(self._offer(connection, offered, request))

    def _offer(self, connection: Connection, offered: Offered, request: Request) -> Offer:
        return views.offer(connection, self.services, offered, person_of(request))

    def _offered(self, request: Request) -> Offered:
        """Return the assignment that an address names.

        Raises:
            HTTPException: there is none.
        """
        return found(self.services.catalogue.find(request.path_params["assignment"]))

    async def submit(self, request: Request) -> Response:
        """Store a notebook of an assignment."""
        offered = await run_in_threadpool(self._offered, request)
        upload = await received(request, self.services)
        return await run_in_threadpool(self._accepted, request, offered, upload)

    async def submit_any(self, request: Request) -> Response:
        """Store a notebook of the assignment that it is of."""
        upload = await received(request, self.services)
        offered = await run_in_threadpool(self._recognised, upload)
        return await run_in_threadpool(self._accepted, request, offered, upload)

    def _recognised(self, upload: Received) -> Offered:
        """Return the assignment that a notebook is of.

        Raises:
            RefusedError: it is of none, or perhaps of several.
        """
        offers = {one.name: one for one in self.services.catalogue.all()}
        try:
            traits = read_traits(upload.content, upload.file)
        except UnreadableError as error:
            raise RefusedError(422, f"{upload.file}: {error}") from None
        known = {name: traits_of(one.definition) for name, one in offers.items()}
        guess = recognise(traits, known, upload.file)
        names = [*guess.names, *guess.perhaps]
        if len(names) == 1:
            return offers[names[0]]
        said = (
            f"it may be of {' or '.join(names)}" if names else "it has graded functions of no assignment here"
        )
        raise RefusedError(422, f"{upload.file}: {said}\n  Name the assignment: one of {', '.join(offers)}.")

    def _accepted(self, request: Request, offered: Offered, upload: Received) -> Response:
        before = self.services.now()
        stored = accept(self.services, person_of(request), offered, upload, "api")
        with self.services.database.reading() as connection:
            message = views.receipt(connection, self.services, stored)
        return told(message, 201 if stored.received_at > before else 200)

    def attempts(self, request: Request) -> Response:
        """List the attempts of who asks."""
        offered, person = self._offered(request), person_of(request)
        with self.services.database.reading() as connection:
            those = submissions.of(connection, person, offered.name)
            return told([views.outcome(connection, self.services, offered, person, one) for one in those])

    def submission(self, request: Request) -> Response:
        """Tell what became of a submission."""
        with self.services.database.reading() as connection:
            stored, offered, person = self._found(connection, request)
            return told(views.outcome(connection, self.services, offered, person, stored))

    def _found(self, connection: Connection, request: Request) -> tuple[Submission, Offered, Person]:
        """Return the submission that an address names, its assignment, and whose it is.

        Raises:
            HTTPException: there is none, or it is somebody else's.
        """
        asks = person_of(request)
        own = None if asks.role in STAFF else asks
        stored = found(submissions.with_public(connection, request.path_params["public"], own))
        offered = found(self.services.catalogue.find(stored.assignment))
        return stored, offered, people.whoever(connection, stored.person)

    def feedback(self, request: Request) -> Response:
        """Send the feedback as a page or as text."""
        with self.services.database.reading() as connection:
            stored, offered, _ = self._found(connection, request)
            grading = gradings.of(connection, [stored.number]).get(stored.number)
            if grading is None:
                raise RefusedError(409, NOT_YET, retry_after=1)
            report = shown(connection, self.services, offered, grading)
        wanted = request.headers.get("accept", "")
        if "text/plain" in wanted and "text/html" not in wanted:
            # A name in a notebook may have a lone surrogate, which UTF-8 cannot encode.
            text = submission_text(report, COLUMNS).encode("utf-8", "backslashreplace")
            return Response(text, media_type="text/plain")
        return Response(write_feedback(grading.header, report), media_type="text/html")

    def notebook(self, request: Request) -> Response:
        """Send the bytes that were handed in."""
        with self.services.database.reading() as connection:
            stored, _, _ = self._found(connection, request)
            content = submissions.content_of(connection, stored.number)
        kept = {"content-disposition": "attachment"}
        return Response(content, media_type="application/octet-stream", headers=kept)

    def marks(self, request: Request) -> Response:
        """List where all students stand."""
        offered = self._offered(request)
        with self.services.database.reading() as connection:
            return told([views.row(offered, one) for one in class_of(connection, self.services, offered)])

    def metrics(self, _: Request) -> Response:
        """Tell figures for monitoring."""
        return exposed(self.services)
