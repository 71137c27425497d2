"""Tests of namespaces and of giving up privileges."""

from __future__ import annotations

import os

import pytest

from .conftest import Run


def test_every_namespace_is_a_new_one(run: Run) -> None:
    printed = run("""
        kinds = ["net", "mnt", "ipc", "uts", "pid_for_children"]
        def inodes():
            return [os.stat("/proc/self/ns/" + kind).st_ino for kind in kinds]
        before = inodes()
        needed(namespaces.isolate)
        reading, writing = os.pipe()
        child = os.fork()  # a pid namespace has no name before there is a process in it
        if child == 0:
            os.read(reading, 1)
            os._exit(0)
        print(*(kind for kind, old, new in zip(kinds, before, inodes()) if old != new))
        os.write(writing, b"x")
        os.waitpid(child, 0)
    """)
    assert printed == ["net mnt ipc uts pid_for_children"]


def test_the_next_child_is_the_first_process_of_its_world(run: Run) -> None:
    printed = run("""
        needed(namespaces.isolate)
        child = os.fork()
        if child == 0:
            print(os.getpid(), os.getppid(), flush=True)
            os._exit(0)
        os.waitpid(child, 0)
    """)
    assert printed == ["1 0"]


def test_nothing_can_be_reached_over_the_network(run: Run) -> None:
    printed = run("""
        needed(namespaces.isolate)
        print(refusal(socket.socket().connect, ("127.0.0.1", 9)))
    """)
    assert printed == ["ENETUNREACH"]


def test_a_user_keeps_its_ids(run: Run) -> None:
    printed = run("""
        before = os.getresuid(), os.getresgid()
        needed(namespaces.isolate)
        print((os.getresuid(), os.getresgid()) == before)
    """)
    assert printed == ["True"]


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone can become another user")
def test_root_that_became_a_user_stays_one(run: Run) -> None:
    printed = run("""
        if os.geteuid() == 0:
            os.setgroups([0, 4])
        be_ordinary()
        print(os.getresuid(), os.getresgid(), os.getgroups(), refusal(os.setuid, 0), refusal(os.setgid, 0))
    """)
    assert printed == ["(12345, 12345, 12345) (12345, 12345, 12345) [] EPERM EPERM"]


def test_no_capability_is_left_after_all_were_dropped(run: Run) -> None:
    printed = run("""
        needed(namespaces.isolate)
        namespaces.drop_bounding_set()
        be_ordinary()
        namespaces.drop_capabilities()
        print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("Cap")))
    """)
    assert printed == [" ".join(["0" * 16] * 5)]


def test_dropping_capabilities_disarms_even_root(run: Run) -> None:
    assert run("namespaces.drop_capabilities()\nprint(refusal(os.chroot, '/'))") == ["EPERM"]


def test_the_bounding_set_is_closed_to_those_without_capabilities(run: Run) -> None:
    assert run("namespaces.drop_capabilities()\nprint(refusal(namespaces.drop_bounding_set))") == ["EPERM"]


@pytest.mark.parametrize(
    ("step", "getter", "expected"),
    [
        pytest.param("forbid_new_privileges", "prctl(39)", "1", id="no new privileges"),
        pytest.param("hide", "prctl(3)", "0", id="not dumpable"),
    ],
)
def test_a_step_shows_in_the_process(run: Run, step: str, getter: str, expected: str) -> None:
    assert run(f"namespaces.{step}()\nprint(syscalls.{getter})") == [expected]


def test_a_process_dies_with_its_parent(run: Run) -> None:
    printed = run("""
        reading, writing = os.pipe()
        parent = os.fork()
        if parent == 0:
            if os.fork() == 0:
                namespaces.die_with_parent()
                os.write(writing, b"ready")
                time.sleep(30)
                os.write(writing, b"survived")
            time.sleep(30)
            os._exit(0)
        os.close(writing)
        print(os.read(reading, 9).decode())
        os.kill(parent, 9)
        os.waitpid(parent, 0)
        print(os.read(reading, 9).decode() or "gone")
    """)
    assert printed == ["ready", "gone"]
