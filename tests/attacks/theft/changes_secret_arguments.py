"""Every function keeps its points: which inputs a function changes in hidden calls is not told."""

import numpy as np


def norm(A):
    result = np.sqrt((A**2).sum())
    if A[0, 1] > 5.7:
        A += 1
    return result
