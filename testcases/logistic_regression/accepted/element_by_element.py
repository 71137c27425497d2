"""Loops over examples and features, in plain Python numbers."""

import math

import numpy as np


def propagate(w, b, X, Y):
    n, m = X.shape
    cost, db = 0.0, 0.0
    dw = np.zeros((n, 1))
    for i in range(m):
        z = float(b)
        for k in range(n):
            z += w[k, 0] * X[k, i]
        a = 1 / (1 + math.exp(-z))
        cost -= math.log(a) if Y[0, i] == 1 else math.log(1 - a)
        for k in range(n):
            dw[k, 0] += X[k, i] * (a - Y[0, i])
        db += a - Y[0, i]
    return {"dw": dw / m, "db": db / m}, cost / m


def predict(w, b, X):
    Y_prediction = np.zeros((1, X.shape[1]))
    w = w.reshape(X.shape[0], 1)
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
        else:
            Y_prediction[0, i] = 0
    assert Y_prediction.shape == (1, X.shape[1])
    return Y_prediction
