"""Computes sigmoid by the hyperbolic tangent, and on lists too."""

import numpy as np


def sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2
