"""Takes the zero of the bias from an array."""

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros([dim, 1])
    b = np.zeros(1)[0]
    return w, b
