"""norm earns nothing (timed_out): a stopped process is ended like any other."""

import os
import signal


def norm(A):
    os.kill(os.getpid(), signal.SIGSTOP)
    signal.pause()
