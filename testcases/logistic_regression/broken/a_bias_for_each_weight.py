"""The bias is a column of dim numbers."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros((dim, 1))
    b = np.zeros((dim, 1))
    return w, b
