"""norm earns nothing (timed_out): minutes in the linear algebra."""

import numpy as np


def norm(A):
    square = np.ones((2000, 2000))
    for _ in range(1000):
        square = square @ square
    return square
