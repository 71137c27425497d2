"""Tests of the filter of system calls: what the program says, then what the kernel does with it."""

from __future__ import annotations

import errno
import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.layers import bpf, seccomp
from grader.sandbox.layers.syscalls import NUMBERS

from .conftest import Run
from .machine import run_filter

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
FOREIGN = {"i386": 0x40000003, "arm": 0x40000028, "riscv64": 0xC00000F3, "no architecture": 0}
PID = 4321
KILL, ALLOW = "kill", "allow"
COMMANDS = ("fcntl", "ioctl", "futex", "madvise", "mmap", *seccomp.TIMING, *seccomp.ASKING)
CONDITIONAL = ("open", "openat", "prlimit64", "kill", "tgkill", *COMMANDS)
CODES = {machine: seccomp.assemble(machine).code_for(PID) for machine in MACHINES}


def decide(machine: str, number: int, *arguments: int, architecture: int | None = None) -> str:
    """Return what the filter says: kill, allow, or the name of the error."""
    six = [argument % 2**64 for argument in (*arguments, *[0] * (6 - len(arguments)))]
    filtered = struct.pack("=IIQ6Q", number, architecture or MACHINES[machine], 0, *six)
    verdict = run_filter(CODES[machine], filtered)
    action, reason = verdict & 0xFFFF0000, verdict & 0xFFFF
    return {0x80000000: KILL, 0x7FFF0000: ALLOW}.get(action) or errno.errorcode[reason]


def known(names: tuple[str, ...]) -> list[object]:
    """Return a pytest parameter for each of `names` on each machine that has it."""
    pairs = [(machine, name) for machine in MACHINES for name in names if name in NUMBERS[machine]]
    return [pytest.param(machine, name, id=f"{name} on {machine}") for machine, name in pairs]


@pytest.mark.parametrize(("machine", "name"), known(seccomp.ALLOWED))
def test_a_call_that_computing_needs_is_allowed(machine: str, name: str) -> None:
    assert decide(machine, NUMBERS[machine][name]) == ALLOW


@pytest.mark.parametrize(("machine", "name"), known(seccomp.FORBIDDEN))
def test_a_call_that_leads_out_is_not_permitted(machine: str, name: str) -> None:
    assert decide(machine, NUMBERS[machine][name]) == "EPERM"


@pytest.mark.parametrize(("machine", "name"), known(seccomp.CHANGING_FILES))
def test_a_call_that_changes_files_is_denied(machine: str, name: str) -> None:
    assert decide(machine, NUMBERS[machine][name]) == "EACCES"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        *[(name, seccomp.FORBIDDEN) for name in ("fork", "vfork", "clone", "execve", "execveat", "socket")],
        *[
            (name, seccomp.CHANGING_FILES)
            for name in ("creat", "unlinkat", "renameat2", "linkat", "truncate")
        ],
    ],
)
def test_the_calls_that_matter_most_are_on_their_list(name: str, group: tuple[str, ...]) -> None:
    assert name in group


def test_no_call_is_on_two_lists() -> None:
    names = (*seccomp.ALLOWED, *seccomp.FORBIDDEN, *seccomp.CHANGING_FILES, *CONDITIONAL)
    assert len(set(names)) == len(names)


def test_every_listed_call_has_a_number_somewhere() -> None:
    names = {*seccomp.ALLOWED, *seccomp.FORBIDDEN, *seccomp.CHANGING_FILES, *CONDITIONAL}
    assert names <= NUMBERS["x86_64"].keys() | NUMBERS["aarch64"].keys()


@pytest.mark.parametrize("machine", MACHINES)
def test_what_the_layers_themselves_need_is_out_of_reach_afterwards(machine: str) -> None:
    listed = {*seccomp.ALLOWED, *CONDITIONAL}
    others = [number for name, number in NUMBERS[machine].items() if name not in listed]
    assert ALLOW not in {decide(machine, number) for number in others}


WORDS = st.integers(0, 2**32 - 1)
ARGUMENTS = st.lists(st.one_of(st.just(0), st.just(PID), st.integers(0, 2**64 - 1)), min_size=6, max_size=6)


@pytest.mark.parametrize("machine", MACHINES)
@given(number=st.one_of(st.integers(0, 600), WORDS), arguments=ARGUMENTS)
def test_a_number_that_is_not_listed_is_never_allowed(
    machine: str, number: int, arguments: list[int]
) -> None:
    names = {listed: name for name, listed in NUMBERS[machine].items()}
    if decide(machine, number, *arguments) == ALLOW:
        assert names[number] in {*seccomp.ALLOWED, *CONDITIONAL}


@pytest.mark.parametrize("machine", MACHINES)
def test_an_unknown_call_is_not_implemented_so_that_libc_tries_another(machine: str) -> None:
    clone3, openat2, invented = 435, 437, 1000
    assert [decide(machine, number) for number in (clone3, openat2, invented)] == ["ENOSYS"] * 3


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
@given(number=WORDS)
def test_a_foreign_call_kills(machine: str, foreign: int, number: int) -> None:
    filtered = struct.pack("=IIQ6Q", number, foreign, *[0] * 7)
    assert run_filter(CODES[machine], filtered) == 0x80000000


@pytest.mark.parametrize(("machine", "other"), [("x86_64", "aarch64"), ("aarch64", "x86_64")])
def test_a_call_of_the_other_machine_kills(machine: str, other: str) -> None:
    assert decide(machine, NUMBERS[machine]["getpid"], architecture=MACHINES[other]) == KILL


@given(st.integers(0x40000000, 2**32 - 1))
def test_an_x32_call_kills(number: int) -> None:
    assert decide("x86_64", number) == KILL


READ_FLAGS = {"read": 0, "directory": 0o200000, "close on exec": 0o2000000, "path only": 0o10000000}
WRITE_FLAGS = {
    "write": 0o1,
    "read and write": 0o2,
    "neither, which some drivers take for both": 0o3,
    "create": 0o100,
    "truncate": 0o1000,
    "append": 0o2000,
    "temporary file": 0o20000000,
}


@pytest.mark.parametrize(("machine", "name"), known(("open", "openat")))
class TestOpening:
    """A file is opened to be read, or not at all."""

    def verdict(self, machine: str, name: str, flags: int) -> str:
        """Ask with the flags where that call has them."""
        place = [7, flags] if name == "open" else [-100, 7, flags]
        return decide(machine, NUMBERS[machine][name], *place)

    @pytest.mark.parametrize("flags", READ_FLAGS.values(), ids=READ_FLAGS)
    def test_to_read_is_allowed(self, machine: str, name: str, flags: int) -> None:
        assert self.verdict(machine, name, flags) == ALLOW

    @pytest.mark.parametrize("flags", WRITE_FLAGS.values(), ids=WRITE_FLAGS)
    def test_to_write_is_denied(self, machine: str, name: str, flags: int) -> None:
        assert self.verdict(machine, name, flags) == "EACCES"

    @given(flags=WORDS)
    def test_no_flag_makes_up_for_one_that_writes(self, machine: str, name: str, flags: int) -> None:
        assert self.verdict(machine, name, flags | 0o1) == "EACCES"


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", ["kill", "tgkill"])
@pytest.mark.parametrize(
    ("pid", "expected"),
    [
        pytest.param(PID, ALLOW, id="itself"),
        pytest.param(1, "EPERM", id="the first process"),
        pytest.param(0, "EPERM", id="its group"),
        pytest.param(-1, "EPERM", id="everybody"),
        pytest.param(-PID, "EPERM", id="the group it leads"),
    ],
)
def test_a_process_signals_only_itself(machine: str, name: str, pid: int, expected: str) -> None:
    assert decide(machine, NUMBERS[machine][name], pid) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param((0, 7, 0, 99), ALLOW, id="reading its own"),
        pytest.param((0, 7, 99, 0), "EPERM", id="setting its own"),
        pytest.param((0, 7, 1 << 32, 0), "EPERM", id="setting from a pointer with nothing in its lower half"),
        pytest.param((1, 7, 0, 99), "EPERM", id="reading those of another"),
    ],
)
def test_limits_are_read_and_not_set(machine: str, arguments: tuple[int, ...], expected: str) -> None:
    assert decide(machine, NUMBERS[machine]["prlimit64"], *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_only_the_pid_differs_between_processes(machine: str) -> None:
    program = seccomp.assemble(machine)
    one, other = program.code_for(1), program.code_for(0x01010100)
    differing = [i for i, pair in enumerate(zip(one, other, strict=True)) if len(set(pair)) == 2]
    assert {i // bpf.SIZE for i in differing} == {offset // bpf.SIZE for offset in program.pid_offsets}
    assert len(program.pid_offsets) >= 3  # signals, and each range of numbers of what names a process


def test_a_machine_without_a_table_gets_no_filter() -> None:
    with pytest.raises(OSError, match="vax") as refused:
        seccomp.assemble("vax")
    assert refused.value.errno == errno.ENOSYS


def test_the_kernel_refuses_what_the_filter_refuses(run: Run) -> None:
    printed = run("""
        filter_calls()
        print(refusal(socket.socket), refusal(os.fork), refusal(os.execv, "/bin/true", ["true"]))
        print(refusal(os.open, "/tmp/new", os.O_WRONLY | os.O_CREAT), refusal(os.unlink, "/tmp/new"))
        print(refusal(os.kill, os.getppid(), 0), refusal(os.kill, -1, 0), refusal(os.memfd_create, "m"))
        print(refusal(os.posix_spawn, "/bin/true", ["true"], {}), refusal(os.setsid))
        print(refusal(os.ftruncate, 1, 0), refusal(os.chmod, "/", 0o777))
    """)
    assert printed == [
        "EPERM EPERM EPERM",
        "EACCES EACCES",
        "EPERM EPERM EPERM",
        "EPERM EPERM",
        "EACCES EACCES",
    ]


def test_the_kernel_allows_what_an_honest_program_does(run: Run) -> None:
    printed = run("""
        filter_calls()
        import math, json, tempfile, threading, warnings
        print(len(open(os.__file__).read()) > 0, len(os.listdir("/")) > 0, os.path.exists("/nowhere"))
        time.sleep(0.001)
        print(len(bytearray(50 << 20)), len(os.urandom(8)), time.time() > 0, resource.getrlimit(7)[0] > 0)
        print(os.isatty(0), os.getcwd(), os.cpu_count() > 0)
    """)
    assert printed == ["True True False", f"{50 << 20} 8 True True", "False / True"]


def test_a_thread_is_refused_and_not_waited_for(run: Run) -> None:
    printed = run("""
        import threading
        filter_calls()
        try:
            threading.Thread(target=print).start()
        except RuntimeError as error:
            print(error)
    """)
    assert printed == ["can't start new thread"]


def test_a_process_can_abort(run: Run) -> None:
    printed = run("""
        child = os.fork()
        if child == 0:
            filter_calls()
            os.abort()
        print(os.WTERMSIG(os.waitpid(child, 0)[1]))
    """)
    assert printed == ["6"]


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is a convention of x86-64")
def test_the_kernel_kills_an_x32_call(run: Run) -> None:
    printed = run("""
        child = os.fork()
        if child == 0:
            filter_calls()
            syscalls.syscall(0x40000000 + syscalls.number("getpid"))
            os._exit(0)
        print(os.WTERMSIG(os.waitpid(child, 0)[1]))
    """)
    assert printed == ["31"]


def test_the_filter_needs_that_new_privileges_are_forbidden(run: Run) -> None:
    printed = run("""
        namespaces.drop_capabilities()
        print(refusal(seccomp.install, seccomp.assemble(os.uname().machine)))
    """)
    assert printed == ["EACCES"]
