"""Every gradient points the other way, as without the minus in the derivative of the cost."""


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y / AL - (1 - Y) / (1 - AL)
    for i in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[i - 1], "sigmoid" if i == L else "relu")
        grads[f"dA{i - 1}"], grads[f"dW{i}"], grads[f"db{i}"] = dA, dW, db
    return grads
