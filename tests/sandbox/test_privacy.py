"""Whatever the list of what may be read says, a child tries to read what is private."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.errors import IsolationError
from grader.execution.grader import Grader, Order
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.privacy import exposed

LAYERS = {
    "full": ("seccomp", "landlock", "mounts", "rlimits"),
    "without mounts": ("seccomp", "landlock", "rlimits"),
    "without landlock": ("seccomp", "mounts", "rlimits"),
}
WITHIN = Path(np.__file__).parent
"""A folder that student code has to read."""


@pytest.fixture(params=LAYERS)
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    """A sandbox with these layers."""
    with ForkServer(20, "weak", LAYERS[request.param]) as started:
        if started.isolation.level == "weak":
            pytest.skip(str(started.isolation.missing))
        yield started


@pytest.mark.parametrize(
    "private",
    [
        pytest.param(WITHIN, id="a folder"),
        pytest.param(Path(np.__file__), id="a file"),
        pytest.param(WITHIN / "results" / "of today", id="a folder to come"),
    ],
)
def test_what_is_private_and_can_be_read_is_found(server: ForkServer, private: Path) -> None:
    found = exposed(server, [Path(sys.prefix), private])
    assert found is not None
    assert private.is_relative_to(found)


def test_a_module_is_found_in_a_folder_that_is_read_by_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s01.py").touch()
    monkeypatch.setattr(sys, "path", [sys.path[0], str(tmp_path), *sys.path[1:]])
    with ForkServer(20, required="weak") as server:
        if server.isolation.level == "weak":
            pytest.skip(str(server.isolation.missing))
        assert exposed(server, [tmp_path]) == tmp_path / "s01.py"


def test_a_folder_on_the_way_to_what_may_be_read_is_not(server: ForkServer, tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    os.mkfifo(tmp_path / "pipe")
    places = [
        Path("/"),
        WITHIN.parents[1],
        tmp_path,
        tmp_path / "pipe",
        tmp_path / "solutions",
        tmp_path / "new",
    ]
    assert exposed(server, places) is None


@pytest.mark.parametrize("layers", LAYERS.values(), ids=LAYERS)
def test_where_student_code_can_read_what_is_private_the_level_is_weak(layers: tuple[str, ...]) -> None:
    with ForkServer(20, "weak", layers, private=[WITHIN / "solutions"]) as server:
        if server.isolation.level == "weak" and not any(
            "can read" in x for x in server.isolation.missing.values()
        ):
            pytest.skip(str(server.isolation.missing))
        assert server.isolation.level == "weak"
        assert set(server.isolation.tested) == {"seccomp", "rlimits"}
    with pytest.raises(IsolationError, match=f"student code can read {WITHIN}: move it"):
        ForkServer(20, "strong", layers, private=[WITHIN / "solutions"])


def test_a_course_that_student_code_can_read_is_not_graded(
    small_course: Callable[..., Course], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "libs" / "spam"
    shutil.copytree(small_course().root, package / "course")
    (package / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [sys.path[0], str(package.parent), *sys.path[1:]])
    order = Order(package / "course", "small", "a seed", 20.0, "strong")
    with pytest.raises(IsolationError, match=r"student code can read .*/spam/course/solutions: move it"):
        Grader(order)


def test_results_that_student_code_could_read_are_not_made(
    small_course: Callable[..., Course], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "libs" / "spam"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [sys.path[0], str(package.parent), *sys.path[1:]])
    order = Order(small_course().root, "small", "a seed", 20.0, "strong")
    with pytest.raises(IsolationError, match=r"student code can read .*/spam: move it"):
        Grader(order, private=[package / "results"])
    with Grader(order, private=[tmp_path / "results"]) as grader:
        assert grader.header.isolation.level != "weak"
