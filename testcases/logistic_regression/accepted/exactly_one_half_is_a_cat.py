"""Predicts 1 where the probability is exactly 0.5."""

import numpy as np


def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    Y_prediction = np.zeros((1, X.shape[1]))
    Y_prediction[A >= 0.5] = 1
    return Y_prediction
