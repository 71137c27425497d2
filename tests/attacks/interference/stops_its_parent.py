"""norm earns nothing (raised): the warm process is not stopped either."""

import os
import signal


def norm(A):
    os.kill(os.getppid(), signal.SIGSTOP)
