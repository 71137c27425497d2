"""Calls the points of probability below one half blue."""


def predict(parameters, X):
    A2, _ = forward_propagation(X, parameters)
    return A2 < 0.5
