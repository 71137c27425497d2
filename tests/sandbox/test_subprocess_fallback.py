"""Children that are started afresh do what those of the warm process do, and none is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.errors import IsolationError
from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox.exit_status import in_words
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.layers.levels import Layer
from grader.sandbox.subprocess_fallback import Subprocesses

TIMEOUT = 3.0

Runs = Callable[..., list[Run]]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer(TIMEOUT, required="weak", processes=Subprocesses) as started:
        yield started


@pytest.fixture
def runs(server: ForkServer) -> Runs:
    """A function from a source, and calls of its functions, to what they do."""

    def of(source: str, *calls: tuple[Any, ...]) -> list[Run]:
        program = Program((Statement(1, 1, "import os, time, numpy as np"), Statement(2, 1, source)))
        return server.run(program, [Call(name, args) for name, *args in calls])  # type: ignore[misc]

    return of


def descriptors() -> set[str]:
    return set(os.listdir("/proc/self/fd"))  # noqa: PTH208


def gone(pid: int) -> bool:
    """Whether a process has ended, waiting a moment for it."""
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


# ---------------------------------------------------------------- runs


def test_calls_are_answered_in_order(runs: Runs) -> None:
    source = "def f(x):\n    return 2 * x\n\ndef g():\n    raise ValueError('no')"
    doubled, raised, missing = runs(source, ("f", np.arange(3.0)), ("g",), ("h",))
    assert doubled.value.tolist() == [0, 2, 4]
    assert (raised.status, str(raised.failure)) == (Status.RAISED, "ValueError: no")
    assert missing.status is Status.MISSING


def test_numpy_has_the_names_again_that_it_removed_and_keeps_its_own(runs: Runs) -> None:
    removed, kept = runs(
        "def f():\n    return np.asscalar(np.array([2.5])), np.float(3), np.float_(4)\n\n"
        "def g():\n    return np.round(2.6), np.all([True]), np.bool_(0)",
        ("f",),
        ("g",),
    )
    assert removed.value == (2.5, 3.0, 4.0)
    assert kept.value == (3.0, True, False)


def test_a_loop_is_ended_and_costs_other_functions_nothing(runs: Runs) -> None:
    source = "def f():\n    while True: pass\n\ndef g():\n    return 1"
    late, again, other = runs(source, ("f",), ("f",), ("g",))
    assert (late.status, again.status, other.value) == (Status.TIMED_OUT, Status.TIMED_OUT, 1)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param("os._exit(3)", "the process ended by itself with exit code 3", id="an exit"),
        pytest.param(
            "os.kill(os.getpid(), 11)", "the process was ended by SIGSEGV", id="a segmentation fault"
        ),
        pytest.param(
            "os.closerange(3, 99); time.sleep(9)",
            "the process was ended by SIGKILL",
            id="a pipe that is closed",
        ),
    ],
)
def test_a_crash_is_told_in_words(runs: Runs, act: str, says: str) -> None:
    crashed, other = runs(f"def f():\n    {act}\n\ndef g():\n    return 1", ("f",), ("g",))
    assert crashed.status is Status.CRASHED
    assert crashed.failure is not None
    assert crashed.failure.text == says
    assert other.value == 1


def test_what_a_program_prints_goes_nowhere(runs: Runs, capfd: pytest.CaptureFixture[str]) -> None:
    (run,) = runs("import sys\ndef f():\n    print('x' * 99999)\n    os.write(2, b'e')\n    return 1", ("f",))
    assert run.value == 1
    assert capfd.readouterr() == ("", "")


def test_nothing_of_our_surroundings_is_inherited(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    folder = os.open("/", os.O_RDONLY)
    os.set_inheritable(folder, True)
    try:
        source = (
            "def f():\n    return 'SECRET' in os.environ, os.listdir('.'), len(os.listdir('/proc/self/fd'))"
        )
        (run,) = runs(source, ("f",))
    finally:
        os.close(folder)
    # Three standard streams, two pipes, and the folder that is being listed.
    assert run.value == (False, [], 6)


# ---------------------------------------------------------------- what is left


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
@pytest.mark.parametrize("ending", ["return child", "os._exit(child % 7)", "time.sleep(99)"])
def test_no_process_and_no_descriptor_is_left(runs: Runs, tmp_path: Path, ending: str) -> None:
    note = tmp_path / "pids"
    source = f"""
def f(note):
    child = os.fork()
    if not child:
        time.sleep(99)
    with open(note, "w") as file:
        file.write(f"{{os.getpid()}} {{child}}")
    {ending}
"""
    before = descriptors()
    runs(source, ("f", str(note)))
    assert descriptors() == before
    pids = [int(pid) for pid in note.read_text().split()]
    assert len(pids) == 2
    assert all(map(gone, pids))


def test_a_block_that_is_left_by_an_exception_ends_its_child(server: ForkServer) -> None:
    processes = Subprocesses({"path": [*map(str, sys.path)], "mapped": {}})
    before = descriptors()
    child = processes.fork()
    with pytest.raises(ZeroDivisionError), child:
        raise ZeroDivisionError
    assert gone(child._process.pid)
    assert descriptors() == before


# ---------------------------------------------------------------- isolation


def test_no_layer_is_claimed(server: ForkServer) -> None:
    assert server.isolation.level == "weak"
    assert server.isolation.tested == ()
    assert set(server.isolation.missing) == set(Layer)
    assert set(server.isolation.missing.values()) == {f"not on {sys.platform}"}


def test_it_is_refused_where_isolation_is_required() -> None:
    with pytest.raises(IsolationError, match=f"level weak; strong is needed(?s:.*)not on {sys.platform}"):
        ForkServer(TIMEOUT, processes=Subprocesses)


# ---------------------------------------------------------------- endings


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param(0, "the process ended by itself with exit code 0", id="an exit without a fault"),
        pytest.param(120, "the process ended by itself with exit code 120", id="an exit code"),
        pytest.param(-signal.SIGKILL, "the process was ended by SIGKILL", id="a signal"),
        pytest.param(-1000, "the process was ended by signal 1000", id="a signal without a name"),
    ],
)
def test_an_ending_in_words(code: int, words: str) -> None:
    assert in_words(code) == words
