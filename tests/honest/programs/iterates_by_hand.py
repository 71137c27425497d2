"""Loops over every element, a few thousand turns."""
import numpy as np


def double(x):
    y = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            for _ in range(100):
                y[i, j] += x[i, j] / 50
    return y
