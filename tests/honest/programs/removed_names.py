"""Names of NumPy that were removed since the notebook was written."""
import numpy as np


def norm(A):
    squares = np.asarray(A, dtype=np.float_) ** 2
    total = np.asscalar(np.sum(squares))
    if np.alltrue(squares == np.Inf) or total == np.product([np.NaN]):
        return np.NaN
    return np.float(np.sqrt(total))
