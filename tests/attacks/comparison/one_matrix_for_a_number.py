"""norm earns nothing (wrong_shape): an array that holds the number is not the number."""

import numpy as np


def norm(A):
    return np.array([[np.sqrt((A**2).sum())]])
