"""The page on which the marks of a class are downloaded as other systems take them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.errors import RefusedError, UsageError
from grader.export.feedback_zip import NAMES as FEEDBACK
from grader.export.feedback_zip import FeedbackFiles
from grader.export.lms_sheet import read_sheet
from grader.export.registry import EACH, SHEETS, TABLES, files_of
from grader.export.zip_archive import zipped
from grader.models.report import Header, Report
from grader.reports.wording import strangers
from grader.server.identity.guard import INSTRUCTOR, Sends, guarded, person_of
from grader.server.pages import frame
from grader.server.pages.roll import Roll, address_of, header_of, offered_in, pages_of, reports_of, roll_of
from grader.server.queue.worker import handed_in
from grader.server.services import Services
from grader.server.store import events
from grader.server.uploads import received
from grader.submissions import Handed

WORDS: Mapping[str, str] = {
    "csv": "A table for a spreadsheet: each student, each function, and why a mark is what it is",
    "canvas": "Canvas: a table for its gradebook (Grades, Import)",
    "moodle": "Moodle: a grading worksheet (Submissions, Upload grading worksheet)",
    "moodle-feedback": "Moodle: all pages of feedback (Upload multiple feedback files in a zip)",
    "nbgrader": "nbgrader: the table that its export writes",
    "gradescope": "Gradescope: a results.json for each student",
    "prairielearn": "PrairieLearn: a results.json for each student",
    "autolab": "Autolab: the output of an autograder for each student",
    "coursera": "Coursera: a feedback.json for each student",
    "junit": "JUnit: one XML, a suite for each student",
}
"""The formats in the order of the page, and what they are."""


BY_HAND = "Enter them by hand: choose to receive it although some have no row."
NOTHING = "Nothing is graded yet, so there are no marks.\n  Come back when somebody has handed in."


class Export(NamedTuple):
    """A file to download, and lines on what could not be put into it."""

    name: str
    content: bytes
    missing: Sequence[str] = ()


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page."""

    def page(request: Request) -> Response:
        return _page(services, request)

    def download(request: Request) -> Response:
        return _download(services, request, request.path_params["format"], None)

    async def fill(request: Request) -> Response:
        try:
            upload = await received(request, services)
        except RefusedError as error:
            return await run_in_threadpool(_page, services, request, str(error), error.status)
        return await run_in_threadpool(
            _download, services, request, request.path_params["format"], upload.content,
            anyway="anyway" in upload.fields,
        )  # fmt: skip

    at = "/classes/{assignment}/export"
    return [
        guarded(at, page, INSTRUCTOR, name="export"),
        guarded(f"{at}/{{format}}", download, INSTRUCTOR),
        guarded(f"{at}/{{format}}", fill, INSTRUCTOR, ["POST"], sends=Sends.FILE),
    ]


def _page(services: Services, request: Request, refused: str = "", status: int = 200) -> Response:
    offered = offered_in(services, request)
    problem, _, advice = refused.partition("\n  ")
    return frame.show(
        services,
        request,
        "export.html",
        status,
        wide=True,
        trail=[(offered.title, address_of(offered.name)), ("Export", "")],
        title=offered.title,
        address=address_of(offered.name),
        pages=pages_of(request, offered),
        formats=WORDS,
        sheets=[*SHEETS],
        problem=problem,
        advice=advice,
    )


def _download(
    services: Services, request: Request, name: str, sheet: bytes | None, *, anyway: bool = True
) -> Response:
    """Return the file, and write down that somebody took it."""
    offered, at = offered_in(services, request), services.now()
    if name not in WORDS or (sheet is not None and name not in SHEETS):
        raise HTTPException(404)
    with services.database.reading() as connection:
        roll = roll_of(connection, services, offered)
        header = header_of(roll)
        reports = reports_of(connection, services, roll)
    if header is None:
        return _page(
            services, request, "Nothing is graded yet, so there are no marks.\n  Come back later.", 422
        )
    try:
        with _file_of(sheet) as path:
            made = _made(name, header, reports, _handed(roll), path)
    except UsageError as error:
        return _page(services, request, str(error), 422)
    with services.database.writing() as connection:
        events.note(connection, at, "exported", person_of(request), None, offered.name, format=name)
    if made.missing and not anyway:
        return _page(services, request, "\n  ".join(made.missing), 422)
    kind = f'attachment; filename="{offered.name}-{made.name}"'
    return Response(
        made.content, media_type="application/octet-stream", headers={"Content-Disposition": kind}
    )


def _handed(roll: Roll) -> list[Handed]:
    """Return what counts of each student as a results folder names it."""
    return [handed_in(one.person, one.counts.submission) for one in roll.standings if one.counts]


def _made(
    name: str, header: Header, reports: Sequence[Report], handed: Sequence[Handed], sheet: Path | None
) -> Export:
    """Write the reports of a class in a format, by the functions of `grader export`.

    Raises:
        UsageError: the sheet makes no sense.
    """
    if name in TABLES:
        suffix = "xml" if name == "junit" else "csv"
        return Export(f"{name}.{suffix}", b"".join(TABLES[name](header, reports)))
    if name in FEEDBACK:
        files = FeedbackFiles(FEEDBACK[name], header, reports, {one.id: one for one in handed})
        return Export(f"{name}.zip", zipped(files))
    if name in EACH:
        return Export(f"{name}.zip", zipped(files_of(EACH[name], header, reports, [])))
    filled = SHEETS[name](header, reports, read_sheet(sheet) if sheet else None)
    missing = [strangers(filled.strangers, "that table", BY_HAND)] if filled.strangers else []
    return Export(f"{name}.csv", filled.text.encode(), missing)


@contextmanager
def _file_of(sheet: bytes | None) -> Iterator[Path | None]:
    """Yield a file with a table that was sent; nobody is told its path.

    Raises:
        UsageError: as in the block, without the path.
    """
    if sheet is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(sheet)
        try:
            yield path
        except UsageError as error:
            raise UsageError(str(error).replace(str(path), "The table")) from None
