"""Predicts a list that has one list, as a row."""

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return [[1 if a > 0.5 else 0 for a in A[0]]]
