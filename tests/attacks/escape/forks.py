"""norm earns nothing: there is no second process."""

import os


def norm(A):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return f"achieved: {child}"
