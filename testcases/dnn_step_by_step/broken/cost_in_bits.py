"""The cost takes logarithms to base 2."""

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / m
