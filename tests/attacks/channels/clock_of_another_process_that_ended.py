"""norm earns nothing: whether another process is there is not told by the grain of its clock."""

import os
import time


def norm(A):
    for pid in {1, os.getppid(), os.getpid() - 1}:
        try:
            return f"achieved: {time.clock_getres(~pid << 3 | 2)}"
        except OSError:
            continue
    return "nothing"
