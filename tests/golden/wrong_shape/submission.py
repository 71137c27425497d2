# %%
import numpy as np

# %%
def linear_backward(dZ, cache):
    """db loses its second axis."""
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1) / m

# %%
def compute_cost(AL, Y):
    """The cost is an array of one element, not a number."""
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1)
