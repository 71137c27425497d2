"""Calls a point of probability exactly one half blue, which no trained network meets."""


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return A2 >= 0.5
