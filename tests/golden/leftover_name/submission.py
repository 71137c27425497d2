# %%
import numpy as np

# %%
def linear_backward(dZ, cache):
    """Reads a name that only the cell below sets."""
    A_prev, W, b = cache
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

# %%
dZ, cache = np.ones((1, 2)), (np.ones((3, 2)), np.ones((1, 3)), np.ones((1, 1)))
m = 2
print(linear_backward(dZ, cache))
