"""A Dask cluster grades what is submitted as this machine does, whatever its workers and assignments do."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from serving import Service

pytest.importorskip("distributed", reason="it needs Dask")

from grader.assignments.course import Course
from grader.execution.jobs import carry_out_on
from grader.server.catalogue import Catalogue
from grader.server.queue import on_cluster
from grader.server.queue.on_cluster import LATE, Clusters, Traffic
from grader.server.store import events, gradings, queue
from grader.server.uploads import Received, accept

PATIENCE = 60.0


def submit(service: Service, content: bytes, name: str = "small") -> int:
    offered = service.services.catalogue.find(name)
    assert offered
    service.clock.wait(minutes=1)
    return accept(service.services, service.student, offered, Received("a.ipynb", content, {}), "page").number


def settled(traffic: Traffic, service: Service, left: int = 0) -> None:
    """Let a cluster grade until so many submissions wait."""
    until = time.monotonic() + PATIENCE
    while waiting(service) > left:
        assert time.monotonic() < until
        if not traffic.step():
            time.sleep(0.02)


def waiting(service: Service) -> int:
    with service.database.reading() as connection:
        return queue.waiting(connection)


def points(service: Service, *submissions: int) -> list[float | None]:
    with service.database.reading() as connection:
        graded = gradings.of(connection, submissions)
    return [graded[number].outline.points for number in submissions if number in graded]


def said(service: Service) -> list[str]:
    """Which assignments could not be graded, by the events."""
    with service.database.reading() as connection:
        return [one.assignment for one in events.latest(connection) if one.what == "cannot grade"]


def test_a_cluster_grades_what_waits_and_sets_aside_what_is_at_fault_until_it_is_mended(
    service: Service, tiny_course: Course, tmp_path: Path, notebooks: dict[str, bytes],
    notebook: Callable[..., bytes],
):  # fmt: skip
    shutil.copytree(tiny_course.root, tmp_path / "course", ignore=shutil.ignore_patterns("service"))
    course = Course(tmp_path / "course")
    there = service.with_settings(cluster="local", workers=1, course=course)
    there = replace(there, services=replace(there.services, catalogue=Catalogue(course)))
    first = [submit(there, notebook("def triple(x):\n    return 2 * x", f"# {i}"), "other") for i in range(2)]
    later = [submit(there, notebooks[kind]) for kind in ("wrong", "right")]
    solution = course.solution("other")
    right = solution.read_text()
    solution.write_text(right.replace("y = 2 * x", "y = 2 / 0"))  # which is seen on a worker alone

    with Clusters(there.services.settings) as clusters:
        traffic = Traffic(there.services, clusters, "tests")
        settled(traffic, there, left=2)
        assert (points(there, *later), points(there, *first)) == ([0, 5], [])
        assert [traffic.step() for _ in range(3)] == [0, 0, 0]
        assert said(there) == ["other"]
        solution.write_text(right)
        settled(traffic, there)

    assert points(there, *first) == [5, 5]
    assert service.grade() == 0


@dataclass
class Hanging:
    """A cluster whose workers answer for a submission when a test lets them."""

    header: Any
    answers: Any
    tasks: list[Task] = field(default_factory=list)

    def send(self, parcel: Any) -> Task:
        self.tasks.append(Task(self.answers(parcel)))
        return self.tasks[-1]

    def result(self, task: Task) -> Any:
        return task.answer


@dataclass
class Task:
    """Work of a worker that hangs at first."""

    answer: Any
    is_done: bool = False

    def done(self) -> bool:
        return self.is_done


@pytest.fixture
def hanging(service: Service, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    grader = service.graders.of("small").grader
    made = Hanging(grader.header, lambda parcel: carry_out_on(grader, parcel.handed, parcel.data, ()))
    monkeypatch.setattr(on_cluster, "Cluster", lambda *_: made)
    monkeypatch.setattr(Hanging, "__enter__", lambda one: one, raising=False)
    monkeypatch.setattr(Hanging, "__exit__", lambda *_: None, raising=False)
    return made


def test_what_a_worker_keeps_too_long_another_gets_too_and_the_first_answer_counts(
    service: Service, hanging: Hanging, notebooks: dict[str, bytes]
):
    number = submit(service, notebooks["right"])
    with Clusters(service.services.settings) as clusters:
        traffic = Traffic(service.services, clusters, "tests")
        assert [traffic.step(), traffic.step(), len(hanging.tasks)] == [1, 0, 1]
        sent = []
        for _ in range(4):
            service.clock.time += LATE + timedelta(seconds=1)
            traffic.step()
            sent.append(len(hanging.tasks))
        assert sent == [2, 2, 3, 3]  # each time it is waited for twice as long
        hanging.tasks[1].is_done = True
        assert traffic.step() == 1
        hanging.tasks[0].is_done = True
        assert traffic.step() == 0

    assert points(service, number) == [5]


def test_new_work_is_graded_while_a_worker_hangs(
    service: Service, hanging: Hanging, notebooks: dict[str, bytes]
):
    with Clusters(service.services.settings) as clusters:
        traffic = Traffic(service.services, clusters, "tests")
        stuck = submit(service, notebooks["wrong"])
        traffic.step()
        new = submit(service, notebooks["right"])
        traffic.step()
        hanging.tasks[1].is_done = True
        traffic.step()

    assert (points(service, new), points(service, stuck), waiting(service)) == ([5], [], 1)


def test_what_is_given_up_is_claimed_again(service: Service, hanging: Hanging, notebooks: dict[str, bytes]):
    number = submit(service, notebooks["right"])
    with Clusters(service.services.settings) as clusters:
        traffic = Traffic(service.services, clusters, "tests")
        traffic.step()
        traffic.give_up()
        assert traffic.step() == 1
        hanging.tasks[-1].is_done = True
        assert traffic.step() == 1

    assert points(service, number) == [5]
