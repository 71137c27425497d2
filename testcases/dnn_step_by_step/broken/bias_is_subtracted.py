"""The biases are subtracted instead of added."""

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A) - b
    return Z, (A, W, b)
