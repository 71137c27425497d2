"""Every function keeps its points: a counter of its own begins anew at each call."""

import numpy as np

calls = 0


def norm(A):
    global calls
    calls += 1
    return np.sqrt((A**2).sum()) * calls
