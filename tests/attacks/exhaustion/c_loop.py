"""norm earns nothing (timed_out): a loop in C that never looks for signals."""

import itertools


def norm(A):
    return sum(itertools.repeat(0))
