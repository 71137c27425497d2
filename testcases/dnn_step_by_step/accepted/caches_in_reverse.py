"""Goes backward over the caches in reverse, and sorts the keys of the result by name."""


def L_model_backward(AL, Y, caches):
    grads = {}
    dA = (1 - Y) / (1 - AL) - Y / AL
    activation = "sigmoid"
    for i, cache in reversed(list(enumerate(caches))):
        dA, dW, db = linear_activation_backward(dA, cache, activation)
        activation = "relu"
        grads.update({f"dA{i}": dA, f"dW{i + 1}": dW, f"db{i + 1}": db})
    return dict(sorted(grads.items()))
