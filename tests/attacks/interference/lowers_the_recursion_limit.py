"""double earns nothing: it has to live with the limit it sets."""

import sys


def double(x):
    sys.setrecursionlimit(60)
    return x
