"""A cluster gives what one machine gives, whatever happens to its workers, and says what it lacks."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
dask = pytest.importorskip("dask")

from machines import MARKS, ORDER, ROOT, started_here

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.assignments.right_versions import right_versions
from grader.errors import UsageError
from grader.execution import dask_client
from grader.execution import dask_cluster as clusters
from grader.execution.dask_cluster import CHUNK, Assigned, Cluster, Parcel
from grader.execution.grader import Grader
from grader.execution.jobs import Graded, Job
from grader.execution.results_run import grade_into, graded_into
from grader.grading.known_mistakes import known_mistakes
from grader.models.report import Isolation
from grader.results.database import Record
from grader.submissions import Handed

pytestmark = MARKS


def assert_same_marks(there: Path, here: Path, timeless: Callable[[bytes], object]) -> None:
    results, expected = ((folder / "results.json").read_bytes() for folder in (there, here))
    assert timeless(results) == timeless(expected)


def passed_on(graded: Any, total: int) -> Generator[Graded | None, None, None]:
    """What is graded, shown to nobody."""
    yield from graded


def grade_there(folder: Path, cluster: Cluster, handed: list[Handed], watch: Any = passed_on) -> None:
    graded_into(folder, cluster.header, ORDER, handed, cluster.grade_all, watch)


def grade_here(folder: Path, handed: list[Handed]) -> None:
    with Grader(ORDER) as grader:
        grade_into(folder, grader, ORDER, handed, 1, passed_on)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, handed: list[Handed]) -> Path:
    """The folder that one machine writes."""
    folder = tmp_path_factory.mktemp("here")
    grade_here(folder, handed)
    return folder


# ---------------------------------------------------------------- the same results


def test_a_cluster_writes_what_one_machine_writes(
    cluster: Cluster, handed: list[Handed], here: Path, tmp_path: Path, timeless: Callable[[bytes], object]
) -> None:
    there = tmp_path / "there"
    grade_there(there, cluster, handed)
    assert_same_marks(there, here, timeless)
    assert (there / "grades.csv").read_bytes() == (here / "grades.csv").read_bytes()
    pages = sorted(page.name for page in (here / "feedback").iterdir())
    assert sorted(page.name for page in (there / "feedback").iterdir()) == pages
    for page in pages:
        assert (there / "feedback" / page).read_bytes() == (here / "feedback" / page).read_bytes(), page


def test_what_was_graded_before_is_not_graded_again(cluster: Cluster, handed: list[Handed]) -> None:
    first = list(cluster.grade_all([Job(one) for one in handed[:CHUNK]]))
    work = [Job(one, graded.sha256) for one, graded in zip(handed, first, strict=False) if graded]
    again = list(cluster.grade_all([*work, Job(handed[CHUNK], "another digest")]))
    assert [graded is None for graded in again] == [True] * CHUNK + [False]


def test_few_chunks_are_under_way_at_a_time(
    cluster: Cluster, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "WINDOW", 1)
    was_read: list[str] = []
    monkeypatch.setattr(clusters, "read", lambda one: was_read.append(one.id) or Path(one.path).read_bytes())
    graded = cluster.grade_all([Job(one) for one in handed[: 4 * CHUNK]])
    next(graded)
    assert len(was_read) == 2 * CHUNK


# ---------------------------------------------------------------- what workers keep


def test_a_worker_keeps_what_it_needs_and_no_file(
    assigned: Assigned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assignment = assigned._ready().assignment
    known_mistakes.cache_clear()
    assert assignment.mistakes()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]  # folders of a sandbox are empty


def test_a_worker_knows_the_accepted_versions(assigned: Assigned) -> None:
    right = assigned._ready().assignment.right()
    assert right == right_versions(load(Course(ROOT), ORDER.assignment))
    assert any(len(versions) > 1 for versions in right.values())


def test_pages_name_the_isolation_of_the_weakest_worker(assigned: Assigned, handed: list[Handed]) -> None:
    weakest = Isolation("weak", (), {})
    agreed = dataclasses.replace(assigned.introduce(), isolation=weakest)
    [graded] = assigned.carry_out(agreed, [Parcel(handed[0], Path(handed[0].path).read_bytes())])
    assert graded is not None
    assert b"isolation level weak" in graded.page


def test_workers_forget_the_assignment_afterwards(address: str, client: Any) -> None:
    before = client.run(_assignments)
    with Cluster(dataclasses.replace(ORDER, seed="another"), address):
        assert {worker: count + 1 for worker, count in before.items()} == client.run(_assignments)
    assert client.run(_assignments) == before


def _assignments(dask_worker: Any) -> int:
    return sum(name.startswith("grader-") for name in dask_worker.plugins)


# ---------------------------------------------------------------- what goes wrong


def test_a_worker_that_is_killed_loses_nothing(
    cluster: Cluster,
    handed: list[Handed],
    here: Path,
    tmp_path: Path,
    timeless: Callable[[bytes], object],
    client: Any,
) -> None:
    victim = min(client.run(os.getpid).values())

    def killing(graded: Any, total: int) -> Generator[Graded | None, None, None]:
        for i, one in enumerate(graded):
            if i == 1:
                os.kill(victim, signal.SIGKILL)
            yield one

    folder = tmp_path / "there"
    grade_there(folder, cluster, handed, killing)
    assert victim not in client.run(os.getpid).values()
    assert_same_marks(folder, here, timeless)


def test_when_the_scheduler_is_killed_what_was_graded_is_kept(
    handed: list[Handed],
    here: Path,
    tmp_path: Path,
    timeless: Callable[[bytes], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dask_client, "CONNECTING", 3.0)
    folder = tmp_path / "there"
    with started_apart(tmp_path / "scheduler.json") as (address, scheduler):

        def killing(graded: Any, total: int) -> Generator[Graded | None, None, None]:
            for i, one in enumerate(graded):
                if i == 1:
                    scheduler.kill()
                    scheduler.wait()
                yield one

        with (
            pytest.raises(UsageError, match="the scheduler is gone\n  Run the same command again"),
            Cluster(ORDER, address) as cluster,
        ):
            grade_there(folder, cluster, handed, killing)
    with Record(folder) as record:
        assert record.graded()
    grade_here(folder, handed)
    assert_same_marks(folder, here, timeless)


@contextmanager
def started_apart(scheduler_file: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a scheduler in a process of its own, with one worker in another; and the former."""
    known = ["--scheduler-file", str(scheduler_file)]
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": {**os.environ, "PYTHONPATH": str(ROOT)},
    }
    dask = [sys.executable, "-m", "dask"]
    with ExitStack() as stack:
        started = []
        for command in (
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *known],
            [
                *dask,
                "worker",
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--death-timeout",
                "60",
                *known,
            ],
        ):
            process = stack.enter_context(subprocess.Popen(command, **quiet))
            stack.callback(process.kill)
            started.append(process)
        deadline = time.monotonic() + 60
        while not _complete(scheduler_file) and time.monotonic() < deadline:
            time.sleep(0.05)
        yield json.loads(scheduler_file.read_text())["address"], started[0]


def _complete(scheduler_file: Path) -> bool:
    """Whether a scheduler has written all of its address."""
    return scheduler_file.exists() and scheduler_file.read_text().rstrip().endswith("}")


def test_a_chunk_on_which_every_worker_dies_is_named(handed: list[Handed]) -> None:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        started_here(1) as address,
        Cluster(ORDER, address) as cluster,
        distributed.Client(address, set_as_default=False) as client,
    ):
        client.run(_die_when_grading)
        with pytest.raises(
            UsageError, match=r"s00.ipynb to s03.ipynb: each worker that graded them was killed"
        ):
            list(cluster.grade_all([Job(one) for one in handed]))


def _die_when_grading() -> None:
    from grader.execution import dask_cluster

    dask_cluster._grade = lambda *_: os._exit(1)
