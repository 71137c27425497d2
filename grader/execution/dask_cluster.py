"""One batch by many machines: chunks of notebooks go to the workers of a Dask cluster, reports come back.

The machine that asks reads the files and writes the results; it runs no student code. A worker is a trusted
process with a sandbox of its own. It is given the files of the assignment once, and keeps none on its disk.
"""

from __future__ import annotations

import dataclasses
import hashlib
import platform
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeAlias

import dask
from distributed import Future, KilledWorker, Worker, WorkerPlugin, get_worker

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.errors import AssignmentError, GraderError, UnreadableError, UsageError
from grader.execution.dask_client import connected
from grader.execution.grader import Grader, Order
from grader.execution.jobs import Graded, Job, carry_out, carry_out_on
from grader.models.report import Header
from grader.notebooks.name_map import parse_name_map
from grader.sandbox.layers.levels import Level
from grader.submissions import Handed, read

STARTING = 300.0
"""Seconds that a first worker may take to come; a cluster may have to start one."""

CHUNK = 4
"""Submissions that a worker takes at a time."""

WINDOW = 256
"""Chunks that are under way or wait to be written, however many workers there are, or will be."""

WINDOW_BYTES = 64 << 20
"""Bytes of notebooks that are under way."""

SAME = ("grader", "numpy", "python")
"""What a worker must have in the version of this machine, so that a mark does not depend on who gave it."""

Task: TypeAlias = "Future[list[Graded | None]]"
"""What a worker does, or will: one file to grade."""

AGAIN = "Run the same command again: it goes on from here."


class Parcel(NamedTuple):
    """One file for a worker, with its bytes unless there is nothing to grade; see `Job` for `search`."""

    handed: Handed
    data: bytes | None
    search: tuple[str, ...] = ()


class _Chunk(NamedTuple):
    """Jobs that one worker carries out together; it has no future if all of them were graded before."""

    jobs: Sequence[Job]
    size: int
    graded: Future[list[Graded | None]] | None


class Cluster:
    """Carries out an order on the workers of a cluster. Use it as a context manager.

    Attributes:
        header: what is said of the grading as a whole. Its isolation is that of the worker with the
            weakest; one that joins later has to reach the same level.

    Raises:
        UsageError: the assignment or the name map is at fault; there is no scheduler, or no worker; a
            worker has other versions, or does not isolate student code as well as the order asks.
    """

    def __init__(self, order: Order, address: str, jobs: int = 1) -> None:
        definition = load(Course(order.course), order.assignment)
        parse_name_map(order.names, definition.wanted.functions, order.names_from)
        files = _files(definition)
        self.address = address
        with ExitStack() as stack:
            stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}))
            self._client = stack.enter_context(connected(address, jobs))
            with self._told():
                self._await_worker()
                self._check_versions()
                self._name = stack.enter_context(self._handed_out(order, files))
                self.header = min(self._client.run(_introduce, self._name).values(), key=_weakness)
            self._open = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def grade_all(self, work: Sequence[Job]) -> Generator[Graded | None, None, None]:
        """Grade files in order. When a worker dies, its chunk goes to another worker.

        Yields:
            for each file its result, or None if it was graded before and has not changed.

        Raises:
            UsageError: the scheduler is gone, or a worker refuses; the results before it are yielded first.
        """
        waiting: deque[_Chunk] = deque()
        for start in range(0, len(work), CHUNK):
            waiting.append(self._send(work[start : start + CHUNK]))
            while len(waiting) > WINDOW or sum(chunk.size for chunk in waiting) > WINDOW_BYTES:
                yield from self._received(waiting.popleft())
        while waiting:
            yield from self._received(waiting.popleft())

    def send(self, parcel: Parcel) -> Task:
        """Let the workers grade bytes that are at hand, as a task of its own.

        Args:
            parcel: the file.

        Returns:
            the task, which says whether it is done.

        Raises:
            UsageError: the scheduler is gone.
        """
        with self._told():
            return self._client.submit(_carry_out, self._name, self.header, [parcel], pure=False)

    def result(self, task: Task) -> Graded | None:
        """Return the result of a task that is done; None if each worker that graded it was killed.

        Args:
            task: the task.

        Returns:
            the result.

        Raises:
            AssignmentError: the assignment is at fault.
            UsageError: the scheduler is gone, or a worker refuses.
        """
        with self._told():
            failure = task.exception()
            if failure is None:
                graded: list[Graded | None] = task.result()
                return graded[0]
            where = task.traceback()
        if isinstance(failure, KilledWorker):
            return None
        raise failure.with_traceback(where)

    def _send(self, jobs: Sequence[Job]) -> _Chunk:
        parcels = [*map(_parcel, jobs)]
        if not any(parcels):
            return _Chunk(jobs, 0, None)
        with self._told():
            graded = self._client.submit(_carry_out, self._name, self.header, parcels, pure=False)
        return _Chunk(jobs, sum(len(parcel.data or b"") for parcel in parcels if parcel), graded)

    def _received(self, chunk: _Chunk) -> list[Graded | None]:
        if chunk.graded is None:
            return [None for _ in chunk.jobs]
        with self._told():
            failure: BaseException | None = chunk.graded.exception()
            if failure is None:
                graded: list[Graded | None] = chunk.graded.result()
                return graded
            where = chunk.graded.traceback()
        if isinstance(failure, KilledWorker):
            first, last = chunk.jobs[0].handed, chunk.jobs[-1].handed
            raise UsageError(
                f"{first.file} to {last.file}: each worker that graded them was killed, perhaps for want "
                f"of memory\n  Give the workers more. {AGAIN}"
            )
        raise failure.with_traceback(where)  # an OSError of a worker says nothing of the scheduler

    def _await_worker(self) -> None:
        """Wait for the first worker. Submitting a task lets an adaptive cluster start one."""
        try:
            self._client.submit(platform.node, pure=False).result(timeout=STARTING)
        except TimeoutError:
            raise UsageError(
                f"{self.address}: no worker came within {STARTING:g} seconds\n"
                f"  Start one on each machine: dask worker {self.address} --nworkers auto --nthreads 1"
            ) from None

    def _check_versions(self) -> None:
        versions = self._client.get_versions(packages=["grader", "numpy"])
        ours = versions["client"]["packages"]
        for worker, said in versions["workers"].items():
            for name in SAME:
                theirs = said["packages"][name]
                if theirs != ours[name]:
                    raise UsageError(
                        f"Worker {worker} has {name} {theirs or 'not installed'}, this machine {ours[name]}\n"
                        "  Install the same version on both, or run grader where the workers' is installed."
                    )

    @contextmanager
    def _handed_out(self, order: Order, files: Mapping[str, bytes]) -> Iterator[str]:
        """Give each worker, and each that comes later, the assignment for a while. Gives its name there.

        The name is that of what is in it: a batch that was killed is taken over by the next.
        """
        plugin = Assigned(order, files)
        try:
            self._client.register_plugin(plugin, name=plugin.name)
            yield plugin.name
        finally:
            with suppress(OSError, ValueError):  # the scheduler is gone
                self._client.unregister_worker_plugin(plugin.name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Translate a lost scheduler into a UsageError."""
        try:
            yield
        except (OSError, CancelledError):
            raise UsageError(f"{self.address}: the scheduler is gone\n  {AGAIN}") from None


def _files(definition: Definition) -> dict[str, bytes]:
    """Return the files of a course that a worker needs, by their relative paths."""
    course, name = definition.course, definition.name
    paths = [course.solution(name), course.testcases(name), definition.mistakes_file]
    paths += [path for folder in course.folders(name) for path in sorted(folder.rglob("*"))]
    return {
        path.relative_to(course.root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


def _parcel(job: Job) -> Parcel | None:
    """Return what is sent for a job; None if its file was graded before and has not changed."""
    if job.handed.absent:
        return Parcel(job.handed, None)
    try:
        data = read(job.handed)
    except UnreadableError as error:
        return Parcel(dataclasses.replace(job.handed, fault=str(error)), None)
    return None if hashlib.sha256(data).hexdigest() == job.graded else Parcel(job.handed, data, job.search)


def _rank(header: Header) -> int:
    """Return how strong the isolation of a worker is."""
    return list(Level).index(Level(header.isolation.level))


def _weakness(header: Header) -> tuple[int, tuple[str, ...]]:
    """Return a sort key for workers that does not depend on who answers first."""
    return _rank(header), header.isolation.tested


# ---------------------------------------------------------------- in a worker


class Assigned(WorkerPlugin):  # type: ignore[misc]  # Dask publishes types for a part only
    """The plugin that gives a worker process its assignment. The grader is made when it is first needed."""

    def __init__(self, order: Order, files: Mapping[str, bytes]) -> None:
        self.order = order
        self.files = files
        digest = hashlib.sha256(repr((order, sorted(files.items()))).encode())
        self.name = f"grader-{digest.hexdigest()}"

    def setup(self, worker: Worker) -> None:
        """Store the worker. What takes long is left to its first task."""
        self._address = worker.address
        self._lock = threading.Lock()
        self._grader: Grader | None = None

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  # the name is Dask's
        """End the sandbox after the current chunk; the worker does not wait for that."""
        threading.Thread(target=self._close, daemon=True).start()

    def _close(self) -> None:
        with self._lock:
            if self._grader:
                self._grader.sandbox.close()
                self._grader = None

    def introduce(self) -> Header:
        """Return the header that this worker would give the grading."""
        with self._lock:
            return self._ready().header

    def carry_out(self, header: Header, parcels: Sequence[Parcel | None]) -> list[Graded | None]:
        """Grade files one after the other, as part of a grading.

        Args:
            header: the header of the grading, which this worker has to share.
            parcels: the files with their bytes; None for a file that is not to be graded.

        Returns:
            for each parcel its result, or None.

        Raises:
            UsageError: this worker cannot grade as the others do.
        """
        with self._lock:
            grader = self._ready()
            if grader.header != header:
                self._check(grader.header, header)
                grader.header = header
            return [parcel and _grade(grader, parcel) for parcel in parcels]

    def _ready(self) -> Grader:
        if self._grader is None:
            with tempfile.TemporaryDirectory(prefix="grader-") as folder:
                try:
                    self._grader = _made(self.order, self.files, Path(folder))
                except (GraderError, OSError) as error:
                    text = str(error).replace(folder, str(self.order.course))
                    kind = AssignmentError if isinstance(error, AssignmentError) else UsageError
                    raise kind(f"Worker {self._address} refuses. {text}") from None
        return self._grader

    def _check(self, own: Header, agreed: Header) -> None:
        alike = dataclasses.replace(own, isolation=agreed.isolation) == agreed
        if not alike or _rank(own) < _rank(agreed):
            raise UsageError(
                f"Worker {self._address} came later and is not like the others: {_said(own)}; "
                f"they have {_said(agreed)}\n  Take it away, or make it the same. {AGAIN}"
            )


def _made(order: Order, files: Mapping[str, bytes], folder: Path) -> Grader:
    """Return a grader made from the files of a course, which are removed from the disk again."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    grader = Grader(dataclasses.replace(order, course=folder))
    # Otherwise these are read when the first answer is wrong, and when the first repair is searched for.
    mistakes, right = grader.assignment.mistakes(), grader.assignment.right()
    grader.assignment = dataclasses.replace(grader.assignment, mistakes=lambda: mistakes, right=lambda: right)
    return grader


def _said(header: Header) -> str:
    return (
        f"grader {header.grader}, NumPy {header.numpy}, Python {header.python}, "
        f"isolation {header.isolation.level}"
    )


def _grade(grader: Grader, parcel: Parcel) -> Graded | None:
    if parcel.data is None:
        return carry_out(grader, Job(parcel.handed))
    return carry_out_on(grader, parcel.handed, parcel.data, parcel.search)


def _introduce(name: str, dask_worker: Worker) -> Header:
    """Return the header that a worker would give the grading. Dask passes the worker."""
    return _assigned(dask_worker, name).introduce()


def _carry_out(name: str, header: Header, parcels: Sequence[Parcel | None]) -> list[Graded | None]:
    return _assigned(get_worker(), name).carry_out(header, parcels)


def _assigned(worker: Worker, name: str) -> Assigned:
    plugin = worker.plugins[name]
    if not isinstance(plugin, Assigned):
        raise TypeError(name)
    return plugin
