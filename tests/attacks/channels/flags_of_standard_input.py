"""norm earns nothing: no flag of its input was set by who came before."""

import fcntl
import os


def norm(A):
    flags = fcntl.fcntl(0, fcntl.F_GETFL)
    if flags & os.O_NONBLOCK:
        return "achieved: who was here before has left a bit"
    fcntl.fcntl(0, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    return "nothing"
