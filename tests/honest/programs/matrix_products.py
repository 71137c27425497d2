"""A product of matrices that is some work."""
import numpy as np


def norm(A):
    square = np.ones((300, 300))
    return np.sqrt(np.trace(A @ A.T)) + 0 * (square @ square).sum()
