"""norm earns nothing: it cannot make itself more important, or bind others to a processor."""

import os


def norm(A):
    attempts = (
        lambda: os.nice(-10),
        lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
        lambda: os.sched_setaffinity(os.getppid(), {0}),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    )
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except OSError:
            continue
        return f"achieved: {number}"
    return "nothing"
