"""Starts with whole numbers."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros((dim, 1), dtype=int)
    b = 0
    return w, b
