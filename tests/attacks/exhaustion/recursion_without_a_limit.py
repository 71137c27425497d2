"""norm earns nothing: the same, once Python does not count any more; from 3.12 on it counts in C."""

import sys


def norm(A):
    sys.setrecursionlimit(2**31 - 1)

    class Deep:
        def __getattr__(self, name):
            return getattr(self, name + "x")

        __repr__ = lambda self: repr(self)

    return repr(Deep())
