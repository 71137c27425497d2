"""Adds up the points of class 1 only."""

import numpy as np


def compute_cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2)) / m
