"""Make raw Linux system calls by number."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

# fmt: off
_X86_64: Mapping[str, int] = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
    "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
    "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "access": 21,
    "pipe": 22, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "shmget": 29, "dup": 32,
    "dup2": 33, "pause": 34, "nanosleep": 35, "getitimer": 36, "alarm": 37, "setitimer": 38, "getpid": 39,
    "socket": 41, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "exit": 60,
    "wait4": 61, "kill": 62, "uname": 63, "fcntl": 72, "truncate": 76, "ftruncate": 77, "getcwd": 79,
    "chdir": 80, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87,
    "symlink": 88, "readlink": 89, "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94,
    "gettimeofday": 96, "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100, "ptrace": 101,
    "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108, "setpgid": 109, "getppid": 110,
    "getpgrp": 111, "setsid": 112, "getgroups": 115, "getresuid": 118, "getresgid": 120, "getpgid": 121,
    "getsid": 124, "capset": 126, "rt_sigpending": 127, "rt_sigtimedwait": 128, "sigaltstack": 131,
    "mknod": 133, "statfs": 137, "fstatfs": 138, "setpriority": 141, "pivot_root": 155, "prctl": 157,
    "setrlimit": 160, "mount": 165, "umount2": 166, "gettid": 186, "time": 201, "futex": 202,
    "sched_setaffinity": 203, "sched_getaffinity": 204, "getdents64": 217, "restart_syscall": 219,
    "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "tgkill": 234,
    "waitid": 247, "openat": 257, "mkdirat": 258, "mknodat": 259, "fchownat": 260, "newfstatat": 262,
    "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "readlinkat": 267, "fchmodat": 268,
    "faccessat": 269, "pselect6": 270, "ppoll": 271, "unshare": 272, "set_robust_list": 273,
    "utimensat": 280, "dup3": 292, "pipe2": 293, "prlimit64": 302, "getcpu": 309, "renameat2": 316,
    "getrandom": 318, "memfd_create": 319, "execveat": 322, "membarrier": 324, "statx": 332, "rseq": 334,
    "open_tree": 428, "move_mount": 429, "pidfd_open": 434, "faccessat2": 439, "mount_setattr": 442,
    "landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446,
}
_AARCH64: Mapping[str, int] = {
    "getcwd": 17, "dup": 23, "dup3": 24, "fcntl": 25, "ioctl": 29, "mknodat": 33, "mkdirat": 34,
    "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "umount2": 39, "mount": 40,
    "pivot_root": 41, "statfs": 43, "fstatfs": 44, "truncate": 45, "ftruncate": 46, "faccessat": 48,
    "chdir": 49, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "openat": 56, "close": 57,
    "pipe2": 59, "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
    "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79,
    "fstat": 80, "utimensat": 88, "capset": 91, "exit": 93, "exit_group": 94, "waitid": 95, "unshare": 97,
    "futex": 98, "set_robust_list": 99, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
    "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "ptrace": 117,
    "sched_setaffinity": 122, "sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128,
    "kill": 129, "tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
    "rt_sigpending": 136, "rt_sigtimedwait": 137, "rt_sigreturn": 139, "setpriority": 140, "getresuid": 148,
    "getresgid": 150, "times": 153, "setpgid": 154, "getpgid": 155, "getsid": 156, "setsid": 157,
    "getgroups": 158, "uname": 160, "getrlimit": 163, "setrlimit": 164, "getrusage": 165, "prctl": 167,
    "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175,
    "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "shmget": 194, "socket": 198,
    "socketpair": 199, "brk": 214, "munmap": 215, "mremap": 216, "clone": 220, "execve": 221, "mmap": 222,
    "mprotect": 226, "madvise": 233, "wait4": 260, "prlimit64": 261, "renameat2": 276, "getrandom": 278,
    "memfd_create": 279, "execveat": 281, "membarrier": 283, "statx": 291, "rseq": 293, "open_tree": 428,
    "move_mount": 429, "pidfd_open": 434, "faccessat2": 439, "mount_setattr": 442,
    "landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446,
}
# fmt: on

NUMBERS: Mapping[str, Mapping[str, int]] = {"x86_64": _X86_64, "aarch64": _AARCH64}
"""Machine (as in `uname -m`) -> name of a call -> number; a machine may lack a call."""

_REGISTERS = 6


def number(name: str) -> int:
    """Return the number of the call `name` on this machine.

    Raises:
        OSError: ENOSYS if the machine has no such call, or is not in `NUMBERS`.
    """
    machine = os.uname().machine
    try:
        return NUMBERS[machine][name]
    except KeyError:
        raise OSError(errno.ENOSYS, f"the system call {name} is not known on {machine}") from None


def syscall(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call.

    Args:
        number: the number of the call.
        arguments: its arguments; `bytes` and None are passed as pointers, which the kernel must only read
            through. Missing ones are 0.

    Returns:
        the kernel's result.

    Raises:
        OSError: with the kernel's error number; ENOSYS on any system but Linux.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "only Linux has these system calls")
    unused = (0,) * (_REGISTERS - len(arguments))
    result: int = _entry()(*(_register(argument) for argument in (number, *arguments, *unused)))
    if result < 0:
        reason = ctypes.get_errno()
        raise OSError(reason, os.strerror(reason))
    return result


def prctl(option: int, *arguments: int | bytes | None) -> int:
    """Change how the kernel treats this process, see prctl(2).

    Args:
        option: the option.
        arguments: its arguments, as for `syscall`.

    Returns:
        the kernel's result.

    Raises:
        OSError: the kernel refuses.
    """
    return syscall(number("prctl"), option, *arguments)


@cache
def _entry() -> Callable[..., Any]:
    entry = ctypes.CDLL(None, use_errno=True).syscall
    entry.restype = ctypes.c_long
    return entry


def _register(argument: int | bytes | None) -> ctypes.c_long | ctypes.c_char_p:
    # ctypes would pass a bare int as 32 bits and leave the upper half of the register undefined.
    return ctypes.c_long(argument) if isinstance(argument, int) else ctypes.c_char_p(argument)
