"""norm earns nothing: whether another process is there is not told by its cores."""

import os


def norm(A):
    for pid in {1, os.getppid(), os.getpid() - 1}:
        try:
            return f"achieved: {os.sched_getaffinity(pid)}"
        except OSError:
            continue
    return "nothing"
