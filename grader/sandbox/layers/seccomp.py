"""Restrict the system calls of a process to those that computations need."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from . import bpf
from .bpf import give, load, unless_equal, when_among, when_any_bit, when_at_least
from .commands import ADVICE, CLOCKS, FCNTL, FUTEX, HUGE_PAGES, IOCTL
from .syscalls import NUMBERS, prctl

# fmt: off
ALLOWED = (
    # files: inspect, read, and write to open ones
    "read", "write", "close", "readv", "writev", "pread64", "lseek", "dup", "dup2", "dup3",
    "stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "getdents64", "getcwd", "chdir", "poll", "ppoll", "select", "pselect6",
    # memory, and the locks in it
    "munmap", "mprotect", "mremap", "brk", "set_robust_list", "rseq",
    # signals and time
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait", "sigaltstack",
    "restart_syscall", "pause", "alarm", "getitimer", "setitimer", "nanosleep",
    "time", "gettimeofday", "times",
    # the process itself, and its exit
    "getpid", "getppid", "gettid", "getpgrp", "getgroups", "uname", "getrlimit",
    "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid",
    "sched_yield", "getcpu", "getrandom", "wait4", "waitid", "exit", "exit_group",
)
"""Calls that are allowed with any arguments."""

FORBIDDEN = (
    "fork", "vfork", "clone", "execve", "execveat", "ptrace", "prctl", "pidfd_open", "setsid", "setpgid",
    "socket", "socketpair", "memfd_create", "shmget", "setrlimit", "setpriority", "sched_setaffinity",
    # they reveal the resource use of other processes
    "sysinfo", "statfs", "fstatfs", "getrusage", "pipe", "pipe2",
)
"""Calls that a legitimate program may make, refused with EPERM."""

CHANGING_FILES = (
    "creat", "truncate", "ftruncate", "pwrite64", "mkdir", "mkdirat", "mknod", "mknodat", "rmdir",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
    "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "utimensat",
)
"""Calls that change files, refused with EACCES."""

TIMING = ("clock_gettime", "clock_getres", "clock_nanosleep")
"""Calls that take a clock id. The CPU time of another process is a clock too."""

ASKING = ("getpgid", "getsid", "sched_getaffinity")
"""Calls that take a process id, which has to be the caller's own."""
# fmt: on

# linux/audit.h
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_FIRST_X32_CALL = 0x40000000

# asm-generic/fcntl.h: write only, read and write, create, truncate, append, temporary file
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o20000000

# linux/seccomp.h; struct seccomp_data: the call, the architecture, and from 16 on six arguments
_SET_SECCOMP, _WITH_FILTER = 22, 2
_CALL, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_KILL, _ALLOW, _REFUSE = give(0x80000000), give(0x7FFF0000), 0x00050000

_OWN_PID = 0xFFFF_FFFE  # placeholder for the pid in `Program.code_for`; no process can have it


@dataclass(frozen=True)
class Program:
    """An assembled filter, complete except for the pid of its process."""

    template: bytes
    pid_offsets: tuple[int, ...]

    def code_for(self, pid: int) -> bytes:
        """Return the encoded filter for the process `pid`."""
        code = bytearray(self.template)
        for offset in self.pid_offsets:
            struct.pack_into("=I", code, offset, pid)
        return bytes(code)


def assemble(machine: str) -> Program:
    """Assemble the filter for `machine`, named as by `uname -m`.

    Unknown calls fail with ENOSYS, so that the C library falls back to older ones that the filter knows. A
    call by the conventions of another architecture kills the process.

    Raises:
        OSError: ENOSYS for a machine whose system calls are not known.
    """
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"the system calls of {machine} are not known")
    block = _filter(machine)
    places = [index for index, instruction in enumerate(block) if instruction.operand == _OWN_PID]
    return Program(bpf.encode(block), tuple(index * bpf.SIZE + bpf.OPERAND_OFFSET for index in places))


def install(program: Program) -> None:
    """Install the filter in this process and its future children, irrevocably.

    Requires `namespaces.forbid_new_privileges`.

    Raises:
        OSError: the kernel refuses.
    """
    code = program.code_for(os.getpid())
    memory = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: number and address of the instructions
    description = struct.pack("@HP", len(code) // bpf.SIZE, ctypes.addressof(memory))
    prctl(_SET_SECCOMP, _WITH_FILTER, description)


def _filter(machine: str) -> bpf.Block:
    numbers = NUMBERS[machine]

    def of(names: Sequence[str], *blocks: bpf.Block) -> dict[int, bpf.Block]:
        return {numbers[name]: bpf.join(*blocks) for name in names if name in numbers}

    return bpf.join(
        load(_ARCHITECTURE),
        unless_equal(_ARCHITECTURES[machine], _KILL),
        load(_CALL),
        when_at_least(_FIRST_X32_CALL, _KILL),
        bpf.by_value(
            {
                **of(ALLOWED, _ALLOW),
                **of(["open"], load(_low(1)), when_any_bit(_WRITING, _refuse(errno.EACCES)), _ALLOW),
                **of(["openat"], load(_low(2)), when_any_bit(_WRITING, _refuse(errno.EACCES)), _ALLOW),
                **of(["fcntl"], load(_low(1)), when_among(FCNTL, _ALLOW), _refuse(errno.EPERM)),
                **of(["ioctl"], load(_low(1)), when_among(IOCTL, _ALLOW), _refuse(errno.ENOTTY)),
                **of(["futex"], load(_low(1)), when_among(FUTEX, _ALLOW), _refuse(errno.EPERM)),
                **of(["madvise"], load(_low(2)), when_among(ADVICE, _ALLOW), _refuse(errno.EINVAL)),
                **of(["mmap"], load(_low(3)), when_any_bit(HUGE_PAGES, _refuse(errno.ENOMEM)), _ALLOW),
                **of(TIMING, load(_low(0)), when_at_least(CLOCKS, _refuse(errno.EINVAL)), _ALLOW),
                **of(ASKING, load(_low(0)), when_among((0, _OWN_PID), _ALLOW), _refuse(errno.EPERM)),
                **of(["prlimit64"], _unless_it_asks_for_own_limits(_refuse(errno.EPERM)), _ALLOW),
                **of(["kill", "tgkill"], load(_low(0)), unless_equal(_OWN_PID, _refuse(errno.EPERM)), _ALLOW),
                **of(FORBIDDEN, _refuse(errno.EPERM)),
                **of(CHANGING_FILES, _refuse(errno.EACCES)),
            },
            otherwise=_refuse(errno.ENOSYS),
        ),
    )


def _unless_it_asks_for_own_limits(guarded: bpf.Block) -> bpf.Block:
    # prlimit64(pid, kind, new, old): pid 0 is the caller; a null pointer, checked in halves, sets nothing
    zeros = (_low(0), _low(2), _low(2) + 4)
    return bpf.join(*(load(zero) + unless_equal(0, guarded) for zero in zeros))


def _low(argument: int) -> int:
    # The kernel reads only the lower half of the register for an int argument.
    return _ARGUMENTS + 8 * argument


def _refuse(reason: int) -> bpf.Block:
    return give(_REFUSE | reason)
