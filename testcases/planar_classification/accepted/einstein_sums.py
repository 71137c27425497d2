"""Writes the gradients as Einstein sums, with the slope of tanh from Z1."""

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    error = (cache["A2"] - Y) / X.shape[1]
    slope = 1 / np.cosh(cache["Z1"]) ** 2
    hidden = np.einsum("ji,jm,im->im", parameters["W2"], error, slope)
    return {
        "dW1": np.einsum("im,km->ik", hidden, X),
        "db1": np.einsum("im->i", hidden)[:, None],
        "dW2": np.einsum("jm,im->ji", error, cache["A1"]),
        "db2": np.einsum("jm->j", error)[:, None],
    }
