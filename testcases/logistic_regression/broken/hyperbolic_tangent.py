"""Squeezes between -1 and 1."""

import numpy as np


def sigmoid(z):
    return np.tanh(z)
