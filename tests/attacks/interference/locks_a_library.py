"""norm earns nothing: no lock that others wait for."""

import fcntl

import numpy as np


def norm(A):
    with open(np.__file__) as file:
        for lock in (fcntl.flock, fcntl.lockf):
            try:
                lock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                continue
            return "achieved"
    return "nothing"
