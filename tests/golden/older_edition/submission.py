# %%
import numpy as np
from dnn_utils_v2 import relu_backward, sigmoid_backward

# %%
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

# %%
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)

# %%
# GRADED FUNCTION: L_model_backward
def L_model_backward(AL, Y, caches):
    """Counts the gradients of the activations from 1, as the oldest templates did."""
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    # Inputs: "AL, Y, caches". Outputs: "grads["dAL"], grads["dWL"], grads["dbL"]
    grads[f"dA{L}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    for l in range(L - 1, 0, -1):
        gradients = linear_activation_backward(grads[f"dA{l + 1}"], caches[l - 1], "relu")
        grads[f"dA{l}"], grads[f"dW{l}"], grads[f"db{l}"] = gradients
    return grads

# %%
def update_parameters(parameters, grads, learning_rate):
    """Another name for the first parameter, and the caller's dictionary changes."""
    for l in range(len(parameters) // 2):
        for name in (f"W{l + 1}", f"b{l + 1}"):
            parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return parameters
