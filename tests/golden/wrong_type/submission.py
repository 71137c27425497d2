# %%
import numpy as np

# %%
def linear_forward(A, W, b):
    """The cache is forgotten: one array comes back, not two things."""
    return W @ A + b

# %%
def compute_cost(AL, Y):
    return f"{-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)):.3f}"
