"""The deep network is drawn with seed 2 instead of 3."""

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(2)
    parameters = {}
    for i in range(1, len(layer_dims)):
        parameters["W" + str(i)] = np.random.randn(layer_dims[i], layer_dims[i - 1]) * 0.01
        parameters["b" + str(i)] = np.zeros((layer_dims[i], 1))
    return parameters
