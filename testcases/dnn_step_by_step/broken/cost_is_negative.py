"""The cost has the opposite sign, as without the minus in front of the cross-entropy."""

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    return np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
