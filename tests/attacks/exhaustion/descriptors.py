"""norm earns nothing (raised): a few descriptors are all there are."""

import os


def norm(A):
    while True:
        os.dup(0)
