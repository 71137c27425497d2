"""Treats the last layer before the loop, and reads each dA back from the dictionary."""

import numpy as np


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = np.divide(AL - Y, np.multiply(AL, 1 - AL))
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(
        dAL, caches[L - 1], activation="sigmoid"
    )
    for i in reversed(range(L - 1)):
        dA_prev, dW, db = linear_activation_backward(grads["dA" + str(i + 1)], caches[i], activation="relu")
        grads["dA" + str(i)] = dA_prev
        grads["dW" + str(i + 1)] = dW
        grads["db" + str(i + 1)] = db
    return grads
