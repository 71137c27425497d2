# %% [markdown]
# Three functions, everything in one's own words.

# %%
import numpy as np
from dnn_utils import relu, sigmoid

# %%
import matplotlib.pyplot as plt
# %matplotlib inline
plt.plot([1, 2, 3])


# %%
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)

# %%
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)

# %%
linear_forward_test(linear_forward)

# %%
def L_model_forward(X, parameters):
    A, caches, depth = X, [], len(parameters) // 2
    for l in range(depth):
        A, cache = linear_activation_forward(
            A, parameters[f"W{l + 1}"], parameters[f"b{l + 1}"], "relu" if l < depth - 1 else "sigmoid"
        )
        caches.append(cache)
    return A, caches
