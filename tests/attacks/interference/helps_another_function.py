"""norm earns nothing: it is right only when another function was called before it."""

import numpy as np


def double(x):
    np.found = lambda A: np.sqrt((A**2).sum())
    return 2 * x


def norm(A):
    return np.found(A) if hasattr(np, "found") else 0.0
