"""double and norm and tag and quadruple may lose points: it has to live with the limit it sets."""
import sys


def double(x):
    sys.setrecursionlimit(60)
    return x
