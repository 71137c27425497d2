"""Returns the class of the first point for all."""

import numpy as np


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return np.full(A2.shape, A2[0, 0] > 0.5)
