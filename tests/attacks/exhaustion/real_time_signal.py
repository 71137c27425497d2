"""norm earns nothing (crashed): a signal without a name ends it like any other."""

import os


def norm(A):
    os.kill(os.getpid(), 40)
