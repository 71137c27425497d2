# %%
import numpy as np

# %%
def linear_forward(A, W, b):
    return W @ A - b, (A, W, b)

# %%
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
