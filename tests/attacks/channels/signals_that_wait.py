"""norm earns nothing: no signal takes a place of those that all processes of a user share."""

import os
import signal


def norm(A):
    kinds = {signal.SIGRTMIN}
    signal.pthread_sigmask(signal.SIG_BLOCK, kinds)
    for _ in range(3):
        os.kill(os.getpid(), signal.SIGRTMIN)
    waiting = 0
    while signal.sigtimedwait(kinds, 0):
        waiting += 1
    return f"achieved: {waiting} have a place" if waiting > 1 else "nothing"
