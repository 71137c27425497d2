"""norm earns nothing (raised): more memory than there may be."""

import numpy as np


def norm(A):
    return np.ones(10**10).sum()
