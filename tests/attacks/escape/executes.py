"""norm earns nothing: it cannot become another program."""

import os


def norm(A):
    os.execv("/bin/true", ["true"])
