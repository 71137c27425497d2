"""Returns 1 where the probability is small."""

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return (A <= 0.5).astype(float)
