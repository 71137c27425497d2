# %%
import numpy as np

# %%
def initialize_parameters(n_x, n_h, n_y):
    """The second bias is missing."""
    np.random.seed(1)
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2}

# %%
def linear_forward(A, W, b):
    """Three things come back, not two."""
    return W @ A + b, A, W

# %%
def linear_activation_forward(A_prev, W, b, activation):
    """The cache has its parts without the inner tuple."""
    Z = W @ A_prev + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)
    return A, (A_prev, W, b, Z)
