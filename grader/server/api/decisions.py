"""The operations with which staff decide about marks and due dates, as on the page of a student."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from grader.errors import AdjustmentError, RefusedError
from grader.server import deciding
from grader.server.api import views
from grader.server.api.messages import Decision, Extension, Row
from grader.server.api.operations import Operation, Parameter, found, sent, told
from grader.server.catalogue import Offered
from grader.server.identity.guard import INSTRUCTOR, STAFF, person_of
from grader.server.services import Services
from grader.server.standing import of_person
from grader.server.store import people
from grader.server.store.people import Person
from grader.server.typed import Typed


def decisions(services: Services, assignment: Parameter) -> list[Operation]:
    """Return the operations.

    Args:
        services: the service.
        assignment: the parameter that names the assignment.

    Returns:
        the operations.
    """

    async def adjust(request: Request) -> Response:
        decided = await sent(request, Decision)
        typed = Typed(decided.function, decided.action, str(decided.value), decided.because)
        return await run_in_threadpool(_adjusted, services, request, decided.student, typed)

    async def extend(request: Request) -> Response:
        given = await sent(request, Extension)
        return await run_in_threadpool(_extended, services, request, given)

    one = f"/assignments/{{{assignment.name}}}"
    return [
        Operation(
            name="adjust", method="POST", path=f"{one}/adjustments", who=STAFF, endpoint=adjust,
            does="Change a mark.\n\nIt is added to what was decided before, with who did it and why.",
            answers={200: Row}, refuses=[413, 422], parameters=[assignment], body=Decision,
        ),
        Operation(
            name="extend", method="POST", path=f"{one}/extensions", who=INSTRUCTOR, endpoint=extend,
            does="Let the work of a student be due at another time.",
            answers={200: Row}, refuses=[413, 422], parameters=[assignment], body=Extension,
        ),
    ]  # fmt: skip


def _adjusted(services: Services, request: Request, student: str, typed: Typed) -> Response:
    offered, person = _subject(services, request, student)
    try:
        deciding.adjust(services, offered, person, typed, person_of(request))
    except AdjustmentError as error:
        raise RefusedError(422, str(error)) from None
    return _row(services, offered, person)


def _extended(services: Services, request: Request, given: Extension) -> Response:
    offered, person = _subject(services, request, given.student)
    until = given.until.isoformat() if given.until else None
    try:
        deciding.extend(services, offered, person, until, given.because, person_of(request))
    except AdjustmentError as error:
        raise RefusedError(422, str(error)) from None
    return _row(services, offered, person)


def _subject(services: Services, request: Request, student: str) -> tuple[Offered, Person]:
    """Return the assignment and the student that a request is about.

    Raises:
        HTTPException: there is none of them.
    """
    offered = found(services.catalogue.find(request.path_params["assignment"]))
    with services.database.reading() as connection:
        person = found(people.with_key(connection, student))
    if person.role != "student":
        raise HTTPException(404)
    return offered, person


def _row(services: Services, offered: Offered, person: Person) -> Response:
    with services.database.reading() as connection:
        return told(views.row(offered, of_person(connection, services, offered, person)))
