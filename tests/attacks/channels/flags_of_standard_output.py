"""norm earns nothing: no flag of its output was set by who came before."""

import fcntl
import os


def norm(A):
    flags = fcntl.fcntl(1, fcntl.F_GETFL)
    if flags & os.O_APPEND:
        return "achieved: who was here before has left a bit"
    fcntl.fcntl(1, fcntl.F_SETFL, flags | os.O_APPEND)
    return "nothing"
