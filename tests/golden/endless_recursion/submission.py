# %%
import numpy as np

# %%
def compute_cost(AL, Y):
    """Python stops this one."""
    return compute_cost(AL, Y) / 2

# %%
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
