"""Returns lists where the others return tuples, and the caches of the network in a tuple."""

import numpy as np


def linear_forward(A, W, b):
    return [np.matmul(W, A) + b, [A, W, b]]


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = {"sigmoid": sigmoid, "relu": relu}[activation](Z)
    return A, [linear_cache, activation_cache]


def L_model_forward(X, parameters):
    L = len(parameters) // 2
    A, caches = X, ()
    for i in range(1, L + 1):
        activation = "sigmoid" if i == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], activation)
        caches += (cache,)
    return A, caches
