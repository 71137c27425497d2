"""norm earns nothing: no memory, messages or locks are shared by name."""

import ctypes


def norm(A):
    libc = ctypes.CDLL(None, use_errno=True)
    for name, number, *arguments in (
        ("shmget", 29, 0x4711, 4096, 0o1600),
        ("semget", 64, 0x4711, 1, 0o1600),
        ("msgget", 68, 0x4711, 0o1600),
        ("mq_open", 240, b"attack", 0o102, 0o600, None),
    ):
        if libc.syscall(number, *arguments) >= 0:
            return "achieved: " + name
    return "nothing"
