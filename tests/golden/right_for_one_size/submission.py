# %%
import numpy as np

# %%
def linear_backward(dZ, cache):
    """m is that of the example in the notebook."""
    A_prev, W, b = cache
    m = 4
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

# %%
def initialize_parameters_deep(layer_dims):
    """Two layers, whatever is asked for."""
    np.random.seed(3)
    a, b, c = layer_dims[:3]
    W1 = np.random.randn(b, a) * 0.01
    return {"W1": W1, "b1": np.zeros((b, 1)), "W2": np.random.randn(c, b) * 0.01, "b2": np.zeros((c, 1))}
