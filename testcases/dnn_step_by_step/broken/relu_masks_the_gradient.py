"""ReLU goes backward by the sign of the gradient instead of the sign of Z."""

import numpy as np


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = np.maximum(0, dA)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)
