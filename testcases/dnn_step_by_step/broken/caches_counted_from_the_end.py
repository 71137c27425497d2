"""The hidden layers take their caches from the wrong end, which fits only networks of two layers."""

import numpy as np


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = dA, dW, db
    for i in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(dA, caches[-i], "relu")
        grads[f"dA{i}"], grads[f"dW{i + 1}"], grads[f"db{i + 1}"] = dA, dW, db
    return grads
