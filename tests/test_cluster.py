"""A cluster gives what one machine gives, whatever happens to its workers, and says what it lacks."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
dask = pytest.importorskip("dask")

from grader import cluster as clusters
from grader.assignment import Course, load
from grader.batch import Graded, Grader, Job, Order
from grader.cli import main
from grader.cluster import CHUNK, Assigned, Cluster, Parcel
from grader.errors import AssignmentError, UsageError
from grader.intake import Handed, find
from grader.mistakefile import known_mistakes
from grader.model import Isolation
from grader.record import Record
from grader.results_folder import grade_into, graded_into
from grader.sandbox.forkserver import ForkServer

ROOT = Path(__file__).parents[1]
COPIES = 5 * CHUNK
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
NOBODY = "tcp://127.0.0.1:9"

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore:Port .* is already in use:UserWarning"),
]


ORDER = Order(ROOT, "dnn_step_by_step", "tests", timeout=3.0, isolation="weak")


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory, notebook: Callable[..., bytes]) -> list[Handed]:
    """Right ones, wrong ones, one that is no notebook, one that cannot be read, and one of nobody."""
    folder = tmp_path_factory.mktemp("submissions")
    for i in range(COPIES):
        data = notebook(RIGHT if i % 4 else RIGHT.replace("+ b", f"+ {i}")) if i != 3 else b"\x00\xff"
        (folder / f"s{i:02}.ipynb").write_bytes(data)
    (folder / "s05.ipynb").unlink()
    (folder / "s05.ipynb").symlink_to("s06.ipynb")
    return [*find([folder]), Handed("absent", "", absent=True)]


@contextmanager
def started_here(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers on this machine."""
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as started:
        yield started.scheduler_address


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a scheduler with two workers, which the tests share."""
    with started_here(2) as started:
        yield started


@pytest.fixture(scope="module")
def cluster(address: str) -> Iterator[Cluster]:
    """What carries out `ORDER` there. Other tests take another seed, so that they end something else."""
    with Cluster(ORDER, address) as one:
        yield one


@pytest.fixture
def client(address: str) -> Iterator[Any]:
    """A client of the workers beside the cluster that is tested."""
    with distributed.Client(address, set_as_default=False) as one:
        yield one


def assert_same_marks(there: Path, here: Path, timeless: Callable[[bytes], object]) -> None:
    results, expected = ((folder / "results.json").read_bytes() for folder in (there, here))
    assert timeless(results) == timeless(expected)


def passed_on(graded: Any, total: int) -> Generator[Graded | None, None, None]:
    """What is graded, shown to nobody."""
    yield from graded


def grade_there(folder: Path, cluster: Cluster, handed: list[Handed], watch: Any = passed_on) -> None:
    graded_into(folder, cluster.header, ORDER, handed, lambda work, _: cluster.grade_all(work), watch)


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


@pytest.fixture
def assigned() -> Iterator[Assigned]:
    """What a worker is given, in this process."""
    one = Assigned(ORDER, clusters._files(load(Course(ROOT), ORDER.assignment)))
    one.setup(SimpleNamespace(address="tcp://late:1"))
    yield one
    one._close()


def test_a_worker_keeps_what_it_needs_and_no_file(
    assigned: Assigned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assignment = assigned._ready().assignment
    known_mistakes.cache_clear()
    assert assignment.mistakes()
    assert not list(tmp_path.iterdir())


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
    monkeypatch.setattr(clusters, "CONNECTING", 3.0)
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
    from grader import cluster

    cluster._grade = lambda *_: os._exit(1)


# ---------------------------------------------------------------- what is refused


def test_a_worker_that_isolates_too_little_refuses(address: str, client: Any) -> None:
    weak = min(client.run(os.getpid))
    client.run(_without_layers, workers=[weak])
    try:
        with pytest.raises(UsageError, match=f"(?s)Worker {weak} refuses. .* strong is needed"):
            Cluster(dataclasses.replace(ORDER, isolation="strong"), address)
        with Cluster(dataclasses.replace(ORDER, seed="another"), address) as cluster:
            assert cluster.header.isolation.level == "weak"
    finally:
        client.run(_with_all_layers, workers=[weak])


def _without_layers() -> None:
    from grader import batch

    batch.ForkServer = partial(batch.ForkServer, layers=())


def _with_all_layers() -> None:
    from grader import batch

    batch.ForkServer = batch.ForkServer.func


@pytest.mark.parametrize(
    "agreed",
    [
        pytest.param({"numpy": "0.1"}, id="another NumPy"),
        pytest.param({"assignment_sha256": ""}, id="another assignment"),
        pytest.param({"isolation": Isolation("full", (), {})}, id="weaker isolation"),
    ],
)
def test_a_worker_that_joins_later_must_be_like_the_others(
    agreed: dict[str, Any], assigned: Assigned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.batch.ForkServer", partial(ForkServer, layers=()))
    header = assigned.introduce()
    assert assigned.carry_out(header, [None]) == [None]
    with pytest.raises(UsageError, match="Worker tcp://late:1 came later and is not like the others"):
        assigned.carry_out(dataclasses.replace(header, **agreed), [None])


@pytest.mark.parametrize("name", ["grader", "numpy", "python"])
def test_a_worker_with_other_versions_is_refused(name: str, address: str, client: Any) -> None:
    other = min(client.run(os.getpid))
    client.run(_with_an_old, name, workers=[other])
    try:
        with pytest.raises(UsageError, match=f"Worker {other} has {name} 0.0.1, this machine "):
            Cluster(dataclasses.replace(ORDER, seed="another"), address)
    finally:
        client.run(_with_its_own, workers=[other])


def _with_an_old(name: str) -> None:
    from distributed import versions

    info = versions.get_package_info
    versions.get_package_info = lambda names: {**info(names), name: "0.0.1"}


def _with_its_own() -> None:
    import importlib

    from distributed import versions

    importlib.reload(versions)


def test_a_fault_of_the_order_is_known_before_anybody_is_asked() -> None:
    with pytest.raises(AssignmentError, match="there is no such file"):
        Cluster(dataclasses.replace(ORDER, assignment="nothing"), NOBODY)


def test_a_fault_that_a_worker_finds_is_told_with_the_path_here(
    address: str, small_course: Callable[..., Course]
) -> None:
    course = small_course()
    reference = course.solution("small")
    reference.write_text(reference.read_text().replace("2 * x", "1 / 0"))
    broken = dataclasses.replace(ORDER, course=course.root, assignment="small")
    with pytest.raises(UsageError, match=f"refuses. {re.escape(str(reference))}: double raised"):
        Cluster(broken, address)


def test_a_cluster_without_workers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "STARTING", 0.5)
    with started_here(0) as address, pytest.raises(UsageError, match="no worker came within"):
        Cluster(ORDER, address)


@pytest.mark.parametrize("nowhere", [NOBODY, "somewhere", "http://127.0.0.1:9", "tls://127.0.0.1:9"])
def test_an_address_where_no_scheduler_is_ends_with_2(
    nowhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clusters, "CONNECTING", 0.3)
    assert ended([nowhere], tmp_path) == 2
    assert capsys.readouterr().err.startswith(f"{nowhere}: there is no Dask scheduler")


def test_without_dask_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "grader.cluster")
    monkeypatch.setitem(sys.modules, "dask", None)
    assert ended(["local"], tmp_path) == 2
    assert "pip install 'dask[distributed]'" in capsys.readouterr().err


def ended(cluster: list[str], folder: Path) -> int:
    """The exit status of grading one notebook by a cluster."""
    (folder / "a.ipynb").write_text("{}")
    paths = ["--course", str(ROOT), "--out", str(folder / "out"), str(folder / "a.ipynb")]
    with pytest.raises(SystemExit) as ending:
        main(["grade", "dnn_step_by_step", *paths, "--cluster", *cluster])
    return int(ending.value.code or 0)


def test_what_a_worker_raises_arrives_as_that_and_not_as_a_lost_scheduler() -> None:
    cluster = object.__new__(Cluster)
    cluster.address = NOBODY
    error = OSError(28, "No space left on device")
    failed = SimpleNamespace(exception=lambda: error, traceback=lambda: None)
    with pytest.raises(OSError, match="No space left"):
        cluster._received(clusters._Chunk([], 0, failed))  # type: ignore[arg-type]  # all that is asked of a future
