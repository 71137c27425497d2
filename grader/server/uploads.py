"""Take a submission in: read it as it streams, refuse what is no notebook of the assignment, store it."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from grader.errors import RefusedError, UnreadableError
from grader.grading.pipeline import submission_of
from grader.reports.sanitize import one_line
from grader.server.catalogue import Offered
from grader.server.identity import csrf
from grader.server.services import Services
from grader.server.store import events, submissions
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.submissions import Source, Submission

FORM = 64 << 10
"""Bytes that a form may have around its file."""

FIELDS = 8
LONGEST_NAME = 200
NOTEBOOK = "notebook"
"""The field of a form that has the file."""

FOR_INSTRUCTORS = " (see --map)"
"""What the command line says more of a notebook with other names; no student can do anything with it."""

DRAINED = 1 << 30
LONGEST = 120.0
"""Bytes and seconds for which a file that is too large is read on."""

PACE = timedelta(minutes=1)
TOO_FAST = "You have handed in {most} times within a minute.\n  Hand this in again in {seconds} seconds."

CUT = "The connection was cut before all of the file had come; nothing was stored.\n  Submit it again."


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came, and the other fields of its form."""

    file: str
    content: bytes
    fields: Mapping[str, str]


class _InMemory(MultiPartParser):
    """Keeps what it reads in memory, which is limited; nothing is spooled to a disk that may be full."""

    spool_max_size = 1 << 40


async def received(request: Request, services: Services) -> Received:
    """Read the file that a request has, and no more of it than a notebook may have.

    Args:
        request: a form with the field `notebook`, or the bytes of a notebook as they are, with its name in
            the query as `file`.
        services: the service.

    Returns:
        the file.

    Raises:
        RefusedError: it is too large, there is no file, or the connection was cut.
        HTTPException: 403; it comes from no page of ours.
    """
    most = services.settings.max_upload
    is_form = request.headers.get("content-type", "").startswith("multipart/form-data")
    try:
        if is_form:
            read = await _from_form(request, most)
        else:
            content = b"".join([chunk async for chunk in _limited(request, most)])
            read = Received(_named(request.query_params.get("file", "")), content, {})
    except ClientDisconnect:
        raise RefusedError(400, CUT) from None
    csrf.check_token(request, read.fields)
    return read


async def _from_form(request: Request, most: int) -> Received:
    parser = _InMemory(
        request.headers,
        _limited(request, most + FORM),  # type: ignore[arg-type]  # any asynchronous iterator does
        max_files=1,
        max_fields=FIELDS,
        max_part_size=FORM,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError):
        raise RefusedError(400, "This is not a form with one file.\n  Choose one notebook.") from None
    try:
        upload = form.get(NOTEBOOK)
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise RefusedError(400, "No file was chosen.\n  Choose your notebook, then submit it.")
        content = await upload.read()
    finally:
        await form.close()
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    if len(content) > most:
        raise _too_large(most)
    return Received(_named(upload.filename), content, fields)


async def _limited(request: Request, most: int) -> AsyncIterator[bytes]:
    """Yield what a request has; of what is too large the rest is read and forgotten before it is refused.

    A client that is cut off while it sends never sees the answer.
    """
    size, until = 0, time.monotonic() + LONGEST
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            yield chunk
        elif size > DRAINED or time.monotonic() > until:
            break
    if size > most:
        raise _too_large(most)


def _too_large(most: int) -> RefusedError:
    return RefusedError(
        413,
        f"This file is larger than {most >> 20} MB.\n  Clear its outputs, save it, and submit it again.",
    )


def _named(name: str) -> str:
    """Return the name of a file without folders, on one line, and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return one_line(last)[:LONGEST_NAME].strip() or "notebook.ipynb"


def accept(
    services: Services, person: Person, offered: Offered, upload: Received, source: Source
) -> Submission:
    """Store a submission; when this returns, it may be acknowledged: it outlives whatever is killed.

    Args:
        services: the service.
        person: the student.
        offered: the assignment.
        upload: the file.
        source: how it came.

    Returns:
        the submission; that of before if the same bytes came again.

    Raises:
        RefusedError: it is no notebook of the assignment, or cannot be stored now.
    """
    at = services.now()
    check(offered, upload)
    with services.database.writing() as connection:
        stored = submissions.add(connection, person, offered.name, upload.file, upload.content, at, source)
        if _is_new(stored, at):
            _check_pace(connection, services, person, at)
            events.note(connection, at, "submitted", person, person, offered.name, attempt=stored.attempt)
    return stored


def _check_pace(connection: Connection, services: Services, person: Person, at: datetime) -> None:
    """Refuse one attempt too many within a minute; the transaction that stored it is undone.

    Raises:
        RefusedError: it is one too many.
    """
    most = services.settings.attempts_a_minute
    latest = submissions.latest(connection, person, most + 1)
    if len(latest) > most and (again := latest[-1].received_at + PACE) > at:
        seconds = math.ceil((again - at).total_seconds())
        raise RefusedError(429, TOO_FAST.format(most=most, seconds=seconds), retry_after=seconds)


def _is_new(stored: Submission, at: datetime) -> bool:
    return stored.received_at == at


def check(offered: Offered, upload: Received) -> None:
    """Refuse what is no notebook of an assignment, in the words of the command line.

    Args:
        offered: the assignment.
        upload: the file.

    Raises:
        RefusedError: it is none.
    """
    try:
        submission_of(offered.definition, upload.content, upload.file)
    except UnreadableError as error:
        raise RefusedError(422, f"{upload.file}: {error}".replace(FOR_INSTRUCTORS, "")) from None
