"""The gradients have the slope of sigmoid as one more factor."""

import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, ((A - Y) * A * (1 - A)).T) / m
    db = np.sum((A - Y) * A * (1 - A)) / m
    grads = {"dw": dw, "db": db}
    return grads, cost
