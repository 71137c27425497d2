"""Tests of what is left when a process of the sandbox dies, and when very many submissions have been run."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from operator import le
from pathlib import Path

import pytest

import grader
from grader.models.execution import Call, Program, Statement, Status
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.zygote_client import Zygote

SUBMISSIONS = 300
"""In a row. A leak of one descriptor, process or page a submission shows in far fewer."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")

PROGRAM = Program(
    (
        Statement(1, 1, "import os, time\nimport numpy as np"),
        Statement(2, 1, "def slow():\n    time.sleep(0.1)\n    return 1"),
        Statement(3, 1, "def endless():\n    while True:\n        time.sleep(0.01)"),
        Statement(4, 1, "def works(n):\n    return np.ones((n, n))"),
        Statement(5, 1, "def raises(n):\n    raise ValueError(n)"),
        Statement(6, 1, "def dies(n):\n    os.abort()"),
        Statement(7, 1, "def hashes():\n    return hash('some text')"),
        Statement(8, 1, "def cores():\n    return sorted(os.sched_getaffinity(0))"),
    )
)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def below(pid: int) -> Iterator[int]:
    """Every process that descends from a process."""
    for child in children(pid):
        yield child
        yield from below(child)


def alive(pid: int) -> bool:
    """Whether a process still does anything; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture
def server() -> Iterator[ForkServer]:
    with ForkServer(5.0, required="weak") as started:
        yield started


def warm_process(server: ForkServer) -> int:
    """The pid of the warm process of a sandbox."""
    assert isinstance(server._processes, Zygote)
    assert server._processes._process is not None
    return server._processes._process.pid


# ---------------------------------------------------------------- deaths


def test_a_grader_that_is_killed_leaves_no_process_behind() -> None:
    script = f"""
        import sys
        sys.path.insert(0, {str(Path(grader.__file__).parents[1])!r})
        from grader.models.execution import Call, Program, Statement
        from grader.sandbox.fork_server import ForkServer
        with ForkServer(60, "weak") as server:
            print("ready", flush=True)
            source = "def f():\\n    while True:\\n        pass"
            server.run(Program((Statement(1, 1, source),)), [Call("f", ())])
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert soon(lambda: len(list(below(process.pid))) >= 2, 5)  # the warm process and the child
        left = list(below(process.pid))
        process.kill()
        assert soon(lambda: not any(map(alive, left)), 1), "somebody lives on"


@pytest.mark.parametrize("which", [pytest.param(0, id="the first"), pytest.param(-1, id="the innermost")])
def test_a_warm_process_that_is_killed_costs_no_call(server: ForkServer, which: int) -> None:
    processes = [warm_process(server), *below(warm_process(server))]
    killer = threading.Timer(0.25, os.kill, (warm_processes(server)[which], signal.SIGKILL))
    killer.start()
    runs = server.run(PROGRAM, [Call("slow", ())] * 6)
    killer.join()
    assert [run.value for run in runs] == [1] * 6
    assert warm_process(server) != processes[0]
    assert soon(lambda: not any(map(alive, processes)), 1)


def test_a_warm_process_that_was_killed_in_between_is_replaced(server: ForkServer) -> None:
    os.kill(warm_process(server), signal.SIGKILL)
    assert [run.status for run in server.run(PROGRAM, [Call("slow", ())])] == [Status.RETURNED]


def test_a_sandbox_that_is_closed_leaves_no_process_behind() -> None:
    with ForkServer(5.0, required="weak") as server:
        processes = [warm_process(server), *below(warm_process(server))]
    assert soon(lambda: not any(map(alive, processes)), 1)


def test_a_child_ends_with_its_submission(server: ForkServer) -> None:
    server.timeout = 0.2
    server.run(PROGRAM, [Call("endless", ())])
    spare = 1
    assert soon(lambda: len(list(below(warm_processes(server)[-1]))) == spare, 1)


# ---------------------------------------------------------------- twins

ELSEWHERE = multiprocessing.get_context("fork")


def in_a_fork(work: Callable[[], object]) -> multiprocessing.process.BaseProcess:
    """Start work in a process that is forked from this one."""
    process = ELSEWHERE.Process(target=work)
    process.start()
    return process


def test_a_forked_process_has_children_of_its_own(server: ForkServer) -> None:
    answers = ELSEWHERE.SimpleQueue()
    core = min(os.sched_getaffinity(0))

    def work() -> None:
        os.sched_setaffinity(0, {core})
        twin = server.elsewhere()
        (run,) = twin.run(PROGRAM, [Call("cores", ())])
        answers.put((twin.isolation == server.isolation, run.value))
        twin.close()

    process = in_a_fork(work)
    process.join()
    assert answers.get() == (True, [core])
    assert [run.value for run in server.run(PROGRAM, [Call("slow", ())])] == [1]


def test_a_twin_ends_with_the_process_that_it_serves(server: ForkServer) -> None:
    server.run(PROGRAM, [Call("slow", ())])  # so that the first spare child is there
    before = {pid for first in warm_processes(server) for pid in (first, *children(first))}

    def work() -> None:
        server.elsewhere().run(PROGRAM, [Call("endless", ())])

    process = in_a_fork(work)
    twin_child_and_spare = 3
    assert soon(lambda: len(set(below(warm_process(server))) - before) == twin_child_and_spare, 5)
    new = set(below(warm_process(server))) - before
    process.kill()
    assert soon(lambda: not any(map(alive, new)), 1)


def test_a_twin_that_is_killed_is_replaced(server: ForkServer) -> None:
    answers = ELSEWHERE.SimpleQueue()

    def work() -> None:
        twin = server.elsewhere()
        os.kill(warm_processes(server)[-1], signal.SIGKILL)
        answers.put([run.value for run in twin.run(PROGRAM, [Call("slow", ())] * 2)])
        twin.close()

    in_a_fork(work).join()
    assert answers.get() == [1, 1]


def test_a_forked_process_starts_anew_when_the_warm_process_is_gone(server: ForkServer) -> None:
    answers = ELSEWHERE.SimpleQueue()
    os.kill(warm_process(server), signal.SIGKILL)

    def work() -> None:
        twin = server.elsewhere()
        answers.put([run.value for run in twin.run(PROGRAM, [Call("slow", ())])])
        twin.close()

    in_a_fork(work).join()
    assert answers.get() == [1]


# ---------------------------------------------------------------- very many


def test_many_submissions_leave_nothing_behind(server: ForkServer) -> None:
    calls = [Call("works", (5,)), Call("raises", (5,)), Call("dies", (5,)), Call("works", (6,))]
    statuses = [Status.RETURNED, Status.RAISED, Status.CRASHED, Status.RETURNED]
    for _ in range(20):
        server.run(PROGRAM, calls)
    kept = [os.getpid(), *warm_processes(server)]
    descriptors, memory = [open_descriptors(pid) for pid in kept], sum(map(resident, kept))
    for _ in range(SUBMISSIONS):
        assert [run.status for run in server.run(PROGRAM, calls)] == statuses
    # Fewer may be open: what another test left to the garbage collector is closed in the meantime.
    assert soon(lambda: all(map(le, map(open_descriptors, kept), descriptors)), 1)
    assert soon(lambda: [os.getpid(), *warm_processes(server)] == kept, 1)
    assert sum(map(resident, kept)) - memory < 8 << 20


def warm_processes(server: ForkServer) -> list[int]:
    """All of a sandbox but the child that is forked ahead, which is another one each time."""
    time.sleep(0.3)  # it takes a moment to become what it is
    first = warm_process(server)
    return [first, *(pid for pid in below(first) if os.getsid(pid) != pid)]  # a child leads its own session


def open_descriptors(pid: int) -> int:
    """How many descriptors a process has open; 0 where that is hidden from whoever runs the tests."""
    folder = Path(f"/proc/{pid}/fd")
    return len(list(folder.iterdir())) if os.access(folder, os.R_OK) else 0


def resident(pid: int) -> int:
    """The bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


# ---------------------------------------------------------------- one like the other


def test_texts_hash_alike_in_every_warm_process(server: ForkServer) -> None:
    with ForkServer(5.0, required="weak") as other:
        hashes = [each.run(PROGRAM, [Call("hashes", ())])[0].value for each in (server, other)]
    assert hashes[0] == hashes[1]
