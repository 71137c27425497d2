"""The hidden layers go backward through the sigmoid instead of ReLU."""


def L_model_backward(AL, Y, caches):
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for i in reversed(range(len(caches))):
        dA, dW, db = linear_activation_backward(dA, caches[i], "sigmoid")
        grads[f"dA{i}"], grads[f"dW{i + 1}"], grads[f"db{i + 1}"] = dA, dW, db
    return grads
