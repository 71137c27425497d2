"""Writes out sigmoid and tanh."""

import numpy as np


def squash(z):
    return 1.0 / (1.0 + np.exp(-z))


def forward_propagation(X, parameters):
    Z1 = np.matmul(parameters.get("W1"), X) + parameters.get("b1")
    A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))
    Z2 = np.matmul(parameters.get("W2"), A1) + parameters.get("b2")
    A2 = squash(Z2)
    return A2, dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2)
