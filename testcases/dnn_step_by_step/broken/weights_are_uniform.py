"""The weights of the two-layer network are uniform (rand) instead of normal (randn)."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    return {
        "W1": np.random.rand(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.rand(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }
