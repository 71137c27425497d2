# %%
import numpy as np
from dnn_utils import relu, sigmoid

# %%
def linear_forward(A, W, b):
    """The bias is forgotten."""
    return W @ A, (A, W, b)

# %%
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)

# %%
def L_model_forward(X, parameters):
    A, caches, depth = X, [], len(parameters) // 2
    for l in range(1, depth + 1):
        name = "sigmoid" if l == depth else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], name)
        caches.append(cache)
    return A, caches

# %%
def linear_activation_backward(dA, cache, activation):
    """Right, but neither linear_backward nor what comes before it is in the notebook."""
    linear_cache, Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s) if activation == "sigmoid" else dA * (Z > 0)
    return linear_backward(dZ, linear_cache)
