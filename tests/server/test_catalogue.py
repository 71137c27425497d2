"""The assignments of a service are those of the files, which are looked at now and then."""

from __future__ import annotations

from pathlib import Path

import pytest
from doubling import write_course

from grader.assignments.course import Course
from grader.server import catalogue
from grader.server.catalogue import Catalogue


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return write_course(tmp_path / "course")


def points(offered: Catalogue) -> float:
    found = offered.find("small")
    assert found is not None
    return found.max_points


def doubled(course: Course) -> None:
    path = course.testcases("small")
    path.write_text(path.read_text().replace("points=5", "points=10"))


def test_what_changed_is_loaded_again(course: Course) -> None:
    offered = Catalogue(course)
    assert points(offered) == 5
    doubled(course)
    assert points(offered) == 10


def test_what_did_not_change_is_loaded_once(course: Course) -> None:
    offered = Catalogue(course)
    first, second = offered.find("small"), offered.find("small")
    assert first is not None
    assert second is not None
    assert first.definition is second.definition


def test_a_class_that_asks_at_once_is_answered_by_one_look(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "SEEN", 60.0)
    offered = Catalogue(course)
    offered.all()
    doubled(course)
    for folder in ("solutions", "testcases"):
        (course.root / folder / "late.py").write_text("")
    assert (points(offered), offered.names()) == (5, ["small"])
    monkeypatch.setattr(catalogue, "SEEN", 0.0)
    assert (points(offered), offered.names()) == (10, ["late", "small"])
