"""Writes the gradients of the linear part as Einstein sums, with b's own shape for db."""

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.einsum("im,km->ik", dZ, A_prev) / m
    db = np.einsum("im->i", dZ).reshape(b.shape) / m
    dA_prev = np.einsum("ik,im->km", W, dZ)
    return dA_prev, dW, db
