"""Tests of the commands that a child may give: none of them is noticed by another process."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.layers import commands, seccomp
from grader.sandbox.layers.syscalls import NUMBERS

from .conftest import Run
from .test_seccomp import ALLOW, MACHINES, PID, decide

PRIVATE = 128
MACHINE = pytest.mark.parametrize("machine", MACHINES)


@MACHINE
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param("fcntl", (3, 0), ALLOW, id="duplicate"),
        pytest.param("fcntl", (3, 1030), ALLOW, id="duplicate, closed by exec"),
        pytest.param("fcntl", (3, 4, 0o4000), ALLOW, id="not to wait"),
        pytest.param("fcntl", (3, 5), "EPERM", id="ask for a lock"),
        pytest.param("fcntl", (3, 6), "EPERM", id="lock"),
        pytest.param("fcntl", (3, 37), "EPERM", id="lock for an open file"),
        pytest.param("fcntl", (3, 8), "EPERM", id="choose who gets signals"),
        pytest.param("fcntl", (3, 1024), "EPERM", id="take a lease"),
        pytest.param("fcntl", (3, 1025), "EPERM", id="ask for a lease"),
        pytest.param("fcntl", (3, 1026), "EPERM", id="be told of a folder"),
        pytest.param("fcntl", (3, 1031), "EPERM", id="size of a pipe"),
        pytest.param("fcntl", (3, 1033), "EPERM", id="seal"),
        pytest.param("fcntl", (3, 1036), "EPERM", id="hint how long a file lives"),
        pytest.param("ioctl", (3, 0x5401), ALLOW, id="is it a terminal"),
        pytest.param("ioctl", (3, 0x5412), "ENOTTY", id="type into a terminal"),
        pytest.param("ioctl", (3, 0x5421), "ENOTTY", id="flags by ioctl"),
        pytest.param("futex", (7, PRIVATE | 0), ALLOW, id="wait"),
        pytest.param("futex", (7, PRIVATE | 1), ALLOW, id="wake"),
        pytest.param("futex", (7, PRIVATE | 256 | 9), ALLOW, id="wait until"),
        pytest.param("futex", (7, 0), "EPERM", id="wait for others"),
        pytest.param("futex", (7, 1), "EPERM", id="wake others"),
        pytest.param("futex", (7, 256 | 9), "EPERM", id="wait for others until"),
        pytest.param("futex", (7, PRIVATE | 6), "EPERM", id="lend priority"),
        pytest.param("madvise", (0, 9, 4), ALLOW, id="not needed any more"),
        pytest.param("madvise", (0, 9, 14), ALLOW, id="large pages, as NumPy asks"),
        pytest.param("madvise", (0, 9, 12), "EINVAL", id="merge with equal pages"),
        pytest.param("madvise", (0, 9, 20), "EINVAL", id="cold"),
        pytest.param("madvise", (0, 9, 21), "EINVAL", id="page out"),
        pytest.param("mmap", (0, 9, 1, 0x22), ALLOW, id="memory"),
        pytest.param("mmap", (0, 9, 1, 0x40022), "ENOMEM", id="memory of huge pages"),
        pytest.param("clock_gettime", (1, 7), ALLOW, id="the time"),
        pytest.param("clock_gettime", (2, 7), ALLOW, id="its own CPU time"),
        pytest.param("clock_gettime", (~PID << 3 | 2, 7), "EINVAL", id="the CPU time of a process"),
        pytest.param("clock_getres", (~1 << 3 | 2, 7), "EINVAL", id="whether a process is there"),
        pytest.param("clock_nanosleep", (~1 << 3 | 2, 0, 7), "EINVAL", id="until a process worked"),
        pytest.param("getpgid", (0,), ALLOW, id="its own group"),
        pytest.param("getsid", (PID,), ALLOW, id="its own session"),
        pytest.param("sched_getaffinity", (0, 8, 7), ALLOW, id="its own cores"),
        pytest.param("getpgid", (PID + 1,), "EPERM", id="the group of another"),
        pytest.param("getsid", (1,), "EPERM", id="the session of another"),
        pytest.param("sched_getaffinity", (1, 8, 7), "EPERM", id="the cores of another"),
    ],
)
def test_few_commands_are_allowed(machine: str, name: str, arguments: tuple[int, ...], expected: str) -> None:
    assert decide(machine, NUMBERS[machine][name], *arguments) == expected


@MACHINE
@given(operation=st.integers(0, 2**32 - 1))
def test_no_lock_is_met_by_another_process(machine: str, operation: int) -> None:
    allowed = decide(machine, NUMBERS[machine]["futex"], 7, operation) == ALLOW
    assert allowed == (operation in commands.FUTEX)
    assert operation & PRIVATE or not allowed


@MACHINE
@given(pid=st.integers(1, 2**22), kind=st.integers(0, 7))
def test_no_clock_of_another_process_or_of_a_device_is_read(machine: str, pid: int, kind: int) -> None:
    for name in seccomp.TIMING:
        assert decide(machine, NUMBERS[machine][name], ~pid << 3 | kind, 7) == "EINVAL"


@MACHINE
def test_every_clock_of_the_machine_is_read(machine: str) -> None:
    assert {decide(machine, NUMBERS[machine]["clock_gettime"], clock, 7) for clock in range(12)} == {ALLOW}


def test_the_kernel_keeps_the_locks_of_one_process_working(run: Run) -> None:
    printed = run("""
        import queue, threading
        filter_calls()
        lock, waiting = threading.Lock(), queue.Queue()
        print(lock.acquire(), lock.acquire(timeout=0.01), waiting.put(1), waiting.get(timeout=1))
        print(threading.Event().wait(0.01), time.thread_time() > 0, time.process_time() > 0)
    """)
    assert printed == ["True False None 1", "False True True"]


def test_the_kernel_refuses_what_others_would_notice(run: Run) -> None:
    printed = run("""
        import fcntl, mmap
        filter_calls()
        pages = mmap.mmap(-1, 1 << 16)
        print(refusal(fcntl.fcntl, 0, fcntl.F_NOTIFY, 0), refusal(fcntl.lockf, 0, fcntl.LOCK_SH))
        print(refusal(syscalls.syscall, syscalls.number("futex"), 0, 1, 1), refusal(pages.madvise, 21))
        print(refusal(os.pipe), refusal(os.statvfs, "/"), refusal(resource.getrusage, resource.RUSAGE_SELF))
        print(refusal(os.getpgid, os.getppid()), refusal(time.clock_gettime, ~os.getppid() << 3 | 2))
    """)
    assert printed == ["EPERM EPERM", "EPERM EINVAL", "EPERM EPERM EPERM", "EPERM EINVAL"]
