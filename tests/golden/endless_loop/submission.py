# %%
import numpy as np

# %%
def update_parameters(params, grads, learning_rate):
    layer = 1
    while layer <= len(params) // 2:
        params[f"W{layer}"] = params[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
    return params

# %%
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
