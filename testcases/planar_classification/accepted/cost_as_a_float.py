"""Averages, and makes a float of it."""

import numpy as np


def compute_cost(A2, Y):
    loss = -(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y))
    return float(np.mean(loss))
