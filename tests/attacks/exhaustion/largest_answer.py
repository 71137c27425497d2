"""norm earns nothing: as many bytes as are taken, where a number belongs."""

import numpy as np


def norm(A):
    return np.ones((8 << 20) - 100)
