"""Reshapes whatever it is given to a column."""

import numpy as np


def sigmoid(z):
    z = np.asarray(z).reshape(-1, 1)
    return 1 / (1 + np.exp(-z))
