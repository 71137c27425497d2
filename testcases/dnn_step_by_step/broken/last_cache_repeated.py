"""The list of caches is as long as it should be, but holds the last layer's cache every time."""


def L_model_forward(X, parameters):
    A = X
    L = len(parameters) // 2
    for i in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "relu")
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return AL, [cache] * L
