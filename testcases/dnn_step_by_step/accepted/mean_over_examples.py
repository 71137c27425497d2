"""Takes db as a mean over the examples, and dW with np.dot and a factor in front."""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    dW = 1 / dZ.shape[1] * np.dot(dZ, A_prev.T)
    db = np.mean(dZ, axis=1)[:, np.newaxis]
    dA_prev = np.dot(dZ.T, W).T
    return dA_prev, dW, db
