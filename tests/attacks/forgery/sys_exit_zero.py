"""norm earns nothing (raised): SystemExit is an exception like any other."""

import sys


def norm(A):
    sys.exit(0)
