"""Tests of resource limits."""

from __future__ import annotations

import pytest

from grader.sandbox.layers.rlimits import Footprint, Limits, ceilings

from .conftest import Run


def test_memory_is_granted_beyond_what_was_mapped_before() -> None:
    granted = ceilings(Limits(memory=1000), Footprint(address_space=70, data=5))
    assert (granted["AS"], granted["DATA"]) == (1070, 1005)


def test_every_limit_is_final(run: Run) -> None:
    printed = run("""
        limit()
        for name in rlimits.ceilings(rlimits.Limits(), rlimits.Footprint(0, 0)):
            soft, hard = resource.getrlimit(getattr(resource, "RLIMIT_" + name))
            print(name, soft == hard != resource.RLIM_INFINITY)
    """)
    names = "AS DATA CPU STACK FSIZE NOFILE NPROC CORE MEMLOCK MSGQUEUE SIGPENDING NICE RTPRIO"
    assert printed == [f"{name} True" for name in names.split()]


def test_memory_within_the_limit_is_there_and_beyond_it_is_not(run: Run) -> None:
    printed = run("""
        limit()
        print(len(bytearray(32 << 20)))
        try:
            bytearray(65 << 20)
        except MemoryError:
            print("MemoryError")
    """)
    assert printed == [str(32 << 20), "MemoryError"]


def test_a_loop_is_killed_when_its_cpu_time_is_spent(run: Run) -> None:
    printed = run("""
        child = os.fork()
        if child == 0:
            limit()
            while True:
                pass
        print(os.WTERMSIG(os.waitpid(child, 0)[1]))
    """)
    assert printed == ["9"]


def test_a_file_cannot_grow_beyond_its_limit(run: Run) -> None:
    printed = run("""
        limit()
        file = os.memfd_create("growing")
        print(os.write(file, bytes(2 << 20)))
        print(refusal(os.write, file, b"x"))
    """)
    assert printed == [str(1 << 20), "EFBIG"]


def test_descriptors_run_out(run: Run) -> None:
    printed = run("""
        limit()
        def hoard():
            while True:
                os.dup(0)
        print(refusal(hoard))
    """)
    assert printed == ["EMFILE"]


def test_an_ordinary_user_cannot_fork(run: Run) -> None:
    printed = run("""
        be_ordinary()
        limit()
        print(refusal(os.fork))
    """)
    assert printed == ["EAGAIN"]


def test_a_lower_limit_that_is_there_already_is_kept(run: Run) -> None:
    printed = run("""
        resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
        limit()
        print(resource.getrlimit(resource.RLIMIT_NOFILE))
    """)
    assert printed == ["(20, 20)"]


@pytest.mark.parametrize("field", ["memory", "cpu", "stack", "file", "open_files"])
def test_every_limit_reaches_the_ceilings(field: str) -> None:
    nothing = Footprint(0, 0)
    assert 12_345 in ceilings(Limits(**{field: 12_345}), nothing).values()
