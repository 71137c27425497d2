"""Fifty megabytes on the way, twice."""
import numpy as np


def norm(A):
    large = np.ones((2500, 2500))
    another = large * 2
    return (A**2).sum() ** 0.5 + 0 * another.sum()
