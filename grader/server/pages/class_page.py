"""The page of a class: what needs a person, students by functions, and one function beside them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.models.report import StoredReport
from grader.reports.class_report import student_table
from grader.reports.class_report.student_table import DECIDED, LEGEND, sign_of, who
from grader.reports.feedback_page import write_function
from grader.reports.wording import Wording
from grader.server.identity.guard import STAFF, guarded
from grader.server.pages import frame
from grader.server.pages.adjusting import ACTIONS, DONE
from grader.server.pages.board import Board, stream
from grader.server.pages.concerns import concerns_of
from grader.server.pages.roll import Roll, counted, offered_in, pages_of, roll_of
from grader.server.services import Services
from grader.server.standing import Standing, outline_of, shown
from grader.server.store.changes import Changes
from grader.server.store.database import Connection


@dataclass(frozen=True, slots=True)
class Row:
    """One student of the table: `cells` or `absent`, which says why there are none."""

    who: str
    page: str
    points: str
    late: str
    cells: Markup
    absent: str
    here: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One function of one student, and the addresses of its neighbours; empty where there is none."""

    who: str
    function: str
    functions: tuple[str, ...]
    page: str
    back: str
    article: Markup
    before: str
    after: str
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Place:
    """What is shown: the names that are looked for, and the student and the function beside the table."""

    address: str
    find: str
    public: str
    function: int

    def link(self, public: str, function: int) -> str:
        """Return the address of a function of a student."""
        return f"{self.address}?{self._query(public, function)}"

    def cells(self, public: str) -> str:
        """Return the same address as a table has it thousands of times, without the function."""
        return f"?{self._query(public, '')}"

    def _query(self, public: str, function: int | str) -> str:
        find = {"find": self.find} if self.find else {}
        return urlencode({**find, "at": f"{public}.{function}"})


def routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page of a class."""
    board = Board(services)

    def page(request: Request) -> Response:
        return _page(services, request)

    async def changes(request: Request) -> Response:
        await run_in_threadpool(offered_in, services, request)
        return stream(board, _news)

    return [
        guarded("/classes/{assignment}", page, STAFF, name="class"),
        guarded("/classes/{assignment}/changes", changes, STAFF),
    ]


def _news(seen: Changes) -> tuple[str, str]:
    grading, event = seen.newest
    return "changed", f"{len(seen.queued)} {grading} {event}"


def _page(services: Services, request: Request) -> Response:
    offered = offered_in(services, request)
    with services.database.reading() as connection:
        roll = roll_of(connection, services, offered)
        place = _place(request, roll)
        found = [one for one in roll.standings if _is_found(one, place.find)]
        beside = _beside(connection, services, roll, found, place)
    return frame.show(
        services,
        request,
        "class_page.html",
        wide=True,
        trail=[(offered.title, "")],
        title=offered.title,
        address=roll.address,
        pages=pages_of(request, offered),
        due=roll.due,
        standing=counted(roll.standings),
        concerns=concerns_of(roll, services.now()),
        page_of=roll.page_of,
        who=who,
        base="",
        find=place.find,
        beside=beside,
        rows=[_row(one, roll, place) for one in found],
        total=len(roll.standings),
        functions=roll.functions,
        legend=LEGEND,
        actions=ACTIONS,
        said=DONE.get(request.query_params.get("done", ""), ""),
    )


def _place(request: Request, roll: Roll) -> Place:
    public, _, function = request.query_params.get("at", "").rpartition(".")
    known = function.isdecimal() and len(function) < 4 and int(function) < len(roll.functions)
    find = request.query_params.get("find", "").strip()[:100]
    return Place(roll.address, find, public if known else "", int(function) if known else 0)


def _is_found(standing: Standing, find: str) -> bool:
    person, wanted = standing.person, find.casefold()
    return any(wanted in text.casefold() for text in (person.name, person.key, person.email, person.section))


def _row(standing: Standing, roll: Roll, place: Place) -> Row:
    outline = outline_of(standing, roll.offered)
    page = f"{roll.address}/students/{standing.person.public}"
    plain = student_table.row(outline, page)
    here = standing.person.public == place.public
    cells = _cells(outline, standing.person.public, place) if outline.exercises else Markup()
    waits = standing.attempts and not (standing.counts and standing.counts.outline)
    absent = "waiting" if waits else plain.absent
    return Row(standing.person.called, page, plain.points, plain.late, cells, absent, here)


def _cells(outline: StoredReport, public: str, place: Place) -> Markup:
    """Return the cells of a student: signs that open what is told of their functions.

    A class has thousands of them, so each is put together from escaped parts that many share.
    """
    here = place.function if public == place.public else -1
    address = escape(place.cells(public))
    parts = (
        _parts(sign_of(one), one.points, one.max_points, one.ruling is not None) for one in outline.exercises
    )
    return Markup(  # noqa: S704  # all parts are escaped
        "".join(
            f"{opening}{address}{i}{CURRENT if i == here else ''}{closing}"
            for i, (opening, closing) in enumerate(parts)
        )
    )


CURRENT = '" aria-current="true'


@functools.lru_cache(maxsize=512)
def _parts(shown_as: Wording, points: float, max_points: float, decided: bool) -> tuple[Markup, Markup]:
    """Return what is before and after the address in a cell.

    Tab goes from student to student, arrow keys from function to function.
    """
    words = student_table.in_words(shown_as, points, max_points, decided=decided)
    sign = shown_as.sign + (DECIDED if decided else "")
    return (
        Markup('<td class="{}"><a tabindex="-1" href="').format(shown_as.tone),
        Markup('" aria-label="{}">{}</a></td>').format(words, sign),
    )


def _beside(
    connection: Connection, services: Services, roll: Roll, found: Sequence[Standing], place: Place
) -> Beside | None:
    """Return what stands beside the table; None if nothing was chosen, or it is not graded."""
    with_work = [one for one in found if one.counts and one.counts.outline and one.counts.outline.exercises]
    index = next((i for i, one in enumerate(with_work) if one.person.public == place.public), None)
    if index is None:
        return None
    standing = with_work[index]
    grading = standing.counts.grading if standing.counts else None
    if grading is None:
        return None
    names = tuple(score.name for score in grading.outline.exercises)
    if place.function >= len(names):
        return None
    report = shown(connection, services, roll.offered, grading)

    def neighbour(row: int, column: int) -> str:
        there = 0 <= row < len(with_work) and 0 <= column < len(names)
        return place.link(with_work[row].person.public, column) if there else ""

    name = names[place.function]
    return Beside(
        who=standing.person.called,
        function=name,
        functions=names,
        page=f"{roll.address}/students/{standing.person.public}",
        back=place.link(standing.person.public, place.function),
        article=Markup(write_function(report, name).decode()),  # noqa: S704  # what is printed in it is escaped
        before=neighbour(index, place.function - 1),
        after=neighbour(index, place.function + 1),
        above=neighbour(index - 1, place.function),
        below=neighbour(index + 1, place.function),
    )
