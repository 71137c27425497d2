"""A class is graded again beside the marks that count, and shows whose mark changes first."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import Service

from grader.assignments.course import Course
from grader.errors import UsageError
from grader.server.catalogue import Catalogue, Offered
from grader.server.queue.graders import Graders, Ready
from grader.server.queue.worker import grade_next
from grader.server.standing import class_of
from grader.server.store import queue, regradings
from grader.server.uploads import Received, accept


@pytest.fixture(scope="module")
def own(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course that these tests change: what `double` is worth."""
    root = tmp_path_factory.mktemp("own") / "course"
    shutil.copytree(tiny_course.root, root)
    return Course(root)


@pytest.fixture(scope="module")
def own_graders(own: Course, graders: Graders) -> Iterator[Graders]:
    with Graders(replace(graders.settings, course=own)) as warm:
        yield warm


@pytest.fixture
def class_(service: Service, own: Course, own_graders: Graders, notebooks: dict[str, bytes]) -> Service:
    """A class of one, which was graded when `double` was worth 5 points, and it is worth 7 by now."""
    worth(own, 5)
    services = replace(
        service.services,
        settings=replace(service.services.settings, course=own),
        catalogue=Catalogue(own),
    )
    service = replace(service, services=services, graders=own_graders)
    accept(services, service.student, offered(service), Received("a.ipynb", notebooks["right"], {}), "page")
    service.grade()
    worth(own, 7)
    return service


def worth(course: Course, points: int) -> None:
    path: Path = course.testcases("small")
    now = "points=5" if "points=5" in path.read_text() else "points=7"
    path.write_text(path.read_text().replace(now, f"points={points}"))


def offered(service: Service) -> Offered:
    found = service.services.catalogue.find("small")
    assert found
    return found


PAGE = "/classes/small/regrade"


def shown(service: Service, action: str = "", page: str = "") -> str:
    """What an instructor sees of the page; after a click, if there is an action, on a form of a page."""
    client = service.client(service.instructor)
    fields = {"regrading": page.partition('name="regrading" value="')[2].partition('"')[0]}
    return client.post(f"{PAGE}{action}", data=fields).text if page else client.get(PAGE).text


def begun(service: Service) -> str:
    return service.client(service.instructor).post(PAGE).text


def points(service: Service) -> list[float | None]:
    with service.database.reading() as connection:
        standings = class_of(connection, service.services, offered(service))
    return [one.counts.outline.points for one in standings if one.counts and one.counts.outline]


def test_the_difference_is_shown_before_the_marks_change(class_: Service):
    assert "0 submissions graded again, 1 to go." in begun(class_)
    class_.grade()

    page = shown(class_)
    assert "<strong>1 of 1 mark would change.</strong>" in page
    assert cells_of(page)[:2] == ["Ann Lee", "5 → 7"]
    assert points(class_) == [5]


def cells_of(page: str) -> list[str]:
    """The texts of the table's first row."""
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    return [re.sub("<[^<>]*>", "", cell).strip() for cell in re.split("</t[hd]>", row) if cell.strip()]


def test_accepting_it_changes_the_marks_and_says_who_did(class_: Service):
    begun(class_)
    class_.grade()
    page = shown(class_)

    assert "These are the marks now." in shown(class_, "/accept", page)
    assert points(class_) == [7]
    history = class_.client(class_.instructor).get("/classes/small/history").text
    assert "<strong>Iris Moe</strong> regraded the class" in history
    assert "Somebody was faster" in shown(class_, "/accept", page)


def test_what_is_not_graded_yet_cannot_be_accepted(class_: Service):
    assert "not all is graded again yet" in shown(class_, "/accept", begun(class_))
    assert points(class_) == [5]


def test_dropping_it_leaves_the_marks_and_lets_another_begin(class_: Service):
    begun(class_)
    class_.grade()
    assert "The marks are as they were." in shown(class_, "/drop", shown(class_))
    assert points(class_) == [5]

    begun(class_)
    assert class_.grade() == 1
    shown(class_, "/accept", shown(class_))
    assert points(class_) == [7]


class DroppedMeanwhile:
    """Graders of which one becomes ready when somebody has dropped the regrading that it works for."""

    def __init__(self, service: Service, page: str) -> None:
        self.service, self.page = service, page

    def at_fault(self) -> list[str]:
        return []

    def of(self, assignment: str) -> Ready:
        shown(self.service, "/drop", self.page)
        return self.service.graders.of(assignment)


def test_a_worker_that_grades_for_a_regrading_that_is_dropped_meanwhile_keeps_nothing(class_: Service):
    slow: Any = DroppedMeanwhile(class_, begun(class_))

    assert grade_next(class_.services, slow, "slow")
    with class_.database.reading() as connection:
        (one,) = [regradings.latest(connection, "small")]
        assert one
        assert (one.is_open, regradings.graded(connection, one)) == (False, 0)
    assert points(class_) == [5]


class OfABrokenMachine:
    """Graders of a process that can start no sandbox."""

    def at_fault(self) -> list[str]:
        return []

    def of(self, assignment: str) -> Ready:
        raise UsageError("NumPy ends with an instruction that this processor does not have")


def test_what_cannot_be_graded_is_told_where_the_service_runs_and_keeps_its_place(
    class_: Service, caplog: pytest.LogCaptureFixture
):
    begun(class_)
    broken: Any = OfABrokenMachine()

    assert grade_next(class_.services, broken, "broken")
    assert "small cannot be graded: NumPy ends with an instruction" in caplog.text
    assert class_.grade() == 1


def test_new_work_is_graded_before_old_work_is_graded_again(class_: Service, notebooks: dict[str, bytes]):
    begun(class_)
    accept(
        class_.services, class_.student, offered(class_), Received("b.ipynb", notebooks["wrong"], {}), "page"
    )
    with class_.database.writing() as connection:
        claim = queue.claim(connection, "tests", class_.clock())
    assert claim
    assert claim.regrading is None


def test_marks_of_other_files_are_stale_until_they_are_graded_again(class_: Service):
    assert "have changed since 1 mark was made" in shown(class_)
    begun(class_)
    class_.grade()
    shown(class_, "/accept", shown(class_))
    assert "nothing would change" in shown(class_)
