# %%
from copy import deepcopy as duplicate

import numpy as np
from dnn_utils import *

SCALE = 0.01

# %%
def relu(Z):
    """Not what the provided one returns, and the code below counts on that."""
    return Z * (Z > 0)

# %%
def weights(rows, columns):
    return np.random.randn(rows, columns) * SCALE

# %%
def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    first, second = weights(n_h, n_x), weights(n_y, n_h)
    return {"W1": first, "b1": np.zeros((n_h, 1)), "W2": second, "b2": np.zeros((n_y, 1))}

# %%
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)

# %%
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = relu(Z) if activation == "relu" else sigmoid(Z)[0]
    return A, (linear_cache, Z)

# %%
class Step:
    def __init__(self, rate):
        self.rate = rate

    def of(self, value, gradient):
        return value - self.rate * gradient

# %%
def update_parameters(params, grads, learning_rate):
    step = Step(learning_rate)
    return {name: step.of(value, grads["d" + name]) for name, value in duplicate(params).items()}
