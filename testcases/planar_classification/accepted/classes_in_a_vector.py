"""Predicts a vector of rank 1."""

import numpy as np


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return np.array([0 if a <= 0.5 else 1 for a in np.squeeze(A2)])
