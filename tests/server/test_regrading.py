"""A class is graded again beside the marks that count, and shows whose mark changes first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from serving import Service

from grader.assignments.course import Course
from grader.server import regrading
from grader.server.catalogue import Catalogue, Offered
from grader.server.queue.graders import Graders
from grader.server.standing import class_of
from grader.server.store import events, queue, regradings
from grader.server.store.regradings import Regrading
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


def begun(service: Service) -> Regrading:
    return regrading.begin(service.services, offered(service), service.instructor)


def points(service: Service) -> list[float | None]:
    with service.database.reading() as connection:
        standings = class_of(connection, service.services, offered(service))
    return [one.counts.outline.points for one in standings if one.counts and one.counts.outline]


def test_the_difference_is_shown_before_the_marks_change(class_: Service):
    one = begun(class_)
    class_.grade()

    with class_.database.reading() as connection:
        shown = regrading.preview(connection, class_.services, offered(class_), one)
    ((person, change),) = shown.changes
    assert (person.key, change.before.points, change.after.points) == ("ann", 5, 7)
    assert (shown.waiting, shown.graded) == (0, 1)
    assert points(class_) == [5]


def test_accepting_it_changes_the_marks_and_says_who_did(class_: Service):
    one = begun(class_)
    class_.grade()

    assert regrading.accept(class_.services, one, class_.instructor)
    assert points(class_) == [7]
    with class_.database.reading() as connection:
        assert events.latest(connection)[0].what == "accepted a regrading"
    assert not regrading.accept(class_.services, one, class_.instructor)


def test_what_is_not_graded_yet_cannot_be_accepted(class_: Service):
    assert not regrading.accept(class_.services, begun(class_), class_.instructor)
    assert points(class_) == [5]


def test_dropping_it_leaves_the_marks_and_lets_another_begin(class_: Service):
    one = begun(class_)
    class_.grade()

    assert regrading.drop(class_.services, one, class_.instructor)
    assert points(class_) == [5]
    with class_.database.reading() as connection:
        assert regradings.graded(connection, one) == 0
    again = begun(class_)
    assert class_.grade() == 1
    assert regrading.accept(class_.services, again, class_.instructor)
    assert points(class_) == [7]


def test_a_worker_that_grades_for_a_regrading_that_is_dropped_meanwhile_keeps_nothing(class_: Service):
    one = begun(class_)
    with class_.database.writing() as connection:
        claim = queue.claim(connection, "slow", class_.clock())
    assert claim
    assert claim.regrading == one.number
    regrading.drop(class_.services, one, class_.instructor)

    from grader.server.queue.worker import _grade

    _grade(class_.services, class_.graders.of("small"), claim)
    with class_.database.reading() as connection:
        assert regradings.graded(connection, one) == 0


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
    def stale() -> bool:
        with class_.database.reading() as connection:
            everybody = class_of(connection, class_.services, offered(class_))
        return regrading.is_stale(class_.services, offered(class_), everybody)

    assert stale()
    one = begun(class_)
    class_.grade()
    regrading.accept(class_.services, one, class_.instructor)
    assert not stale()
