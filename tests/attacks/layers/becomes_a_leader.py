"""Only seccomp keeps it from changing how the kernel treats it."""
import ctypes


def norm(A):
    libc = ctypes.CDLL(None, use_errno=True)
    return "achieved" if libc.prctl(15, b"another name", 0, 0, 0) == 0 else "nothing"
