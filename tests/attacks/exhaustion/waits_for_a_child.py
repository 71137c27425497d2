"""norm earns nothing: there is no child to wait for."""

import os


def norm(A):
    return os.wait()
