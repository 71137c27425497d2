"""norm earns nothing (crashed): an alarm of its own wakes nobody else."""

import signal


def norm(A):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True:
        pass
