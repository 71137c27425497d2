"""Only seccomp keeps it from holding a process by a descriptor."""
import os


def norm(A):
    return f"achieved: {os.pidfd_open(os.getpid())}"
