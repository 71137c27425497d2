"""Tests of raw system calls."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

import pytest

from grader.sandbox.layers import syscalls

from .conftest import Run

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),  # what aarch64 uses
}
GENERIC_NAMES = {
    "newfstatat": "fstatat"
}  # the generic header names it by what it does, once for 32 and 64 bits


@pytest.mark.parametrize("machine", HEADERS)
def test_every_number_is_the_one_in_the_kernel_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    defined = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)$", HEADERS[machine].read_text(), re.MULTILINE)
    expected = {name: int(number) for name, number in defined}
    if machine == "aarch64":
        expected |= {name: expected[generic] for name, generic in GENERIC_NAMES.items()}
    ours = syscalls.NUMBERS[machine]
    assert ours == {name: expected.get(name) for name in ours}


@pytest.mark.parametrize("machine", syscalls.NUMBERS)
def test_no_two_calls_share_a_number(machine: str) -> None:
    numbers = syscalls.NUMBERS[machine].values()
    assert len(set(numbers)) == len(numbers)


def test_a_call_returns_what_the_kernel_returns(run: Run) -> None:
    assert run("print(syscalls.syscall(syscalls.number('getpid')) == os.getpid())") == ["True"]


def test_a_refused_call_raises_the_kernels_reason(run: Run) -> None:
    printed = run("""
        try:
            syscalls.syscall(syscalls.number("chdir"), b"/no/such/place")
        except FileNotFoundError as error:
            print(error.strerror)
    """)
    assert printed == [os.strerror(errno.ENOENT)]


def test_arguments_keep_all_their_64_bits_and_their_sign(run: Run) -> None:
    printed = run("""
        file = os.open(os.__file__, os.O_RDONLY)
        print(syscalls.syscall(syscalls.number("lseek"), file, 1 << 40, os.SEEK_SET) == 1 << 40)
        print(refusal(syscalls.syscall, syscalls.number("lseek"), file, -1, os.SEEK_SET))
    """)
    assert printed == ["True", "EINVAL"]


def test_prctl_passes_its_option_and_zeros(run: Run) -> None:
    set_no_new_privileges, get_no_new_privileges = 38, 39
    printed = run(f"""
        print(syscalls.prctl({get_no_new_privileges}))
        syscalls.prctl({set_no_new_privileges}, 1)
        print(syscalls.prctl({get_no_new_privileges}))
    """)
    assert printed == ["0", "1"]


def test_an_unknown_call_is_not_implemented() -> None:
    with pytest.raises(OSError, match="no_such_call") as refused:
        syscalls.number("no_such_call")
    assert refused.value.errno == errno.ENOSYS


def test_other_systems_refuse_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(OSError, match="only Linux") as refused:
        syscalls.syscall(39)
    assert refused.value.errno == errno.ENOSYS


def test_on_another_system_the_layers_import_and_are_refused(run: Run) -> None:
    printed = run("""
        import importlib
        sys.platform = "darwin"
        del os.O_PATH, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_NICE, resource.RLIMIT_RTPRIO
        for module in (syscalls, self_test, landlock, rlimits, mounts, namespaces, seccomp):
            importlib.reload(module)
        print(refusal(namespaces.isolate), refusal(mounts.enter, []), refusal(landlock.ruleset, []))
        print(refusal(seccomp.install, seccomp.assemble("x86_64")), refusal(limit))
    """)
    assert printed == ["ENOSYS ENOSYS ENOSYS", "ENOSYS allowed"]
