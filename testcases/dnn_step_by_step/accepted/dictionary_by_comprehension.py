"""Builds the dictionary of the deep network by comprehension, all weights before all biases."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    sizes = list(zip(layer_dims, layer_dims[1:]))
    weights = {f"W{i}": np.random.randn(n, n_prev) * 0.01 for i, (n_prev, n) in enumerate(sizes, 1)}
    return weights | {f"b{i}": np.zeros((n, 1)) for i, (_, n) in enumerate(sizes, 1)}
