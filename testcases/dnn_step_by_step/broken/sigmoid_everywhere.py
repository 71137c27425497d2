"""Every layer of the network has the sigmoid, the hidden ones too."""


def L_model_forward(X, parameters):
    A = X
    caches = []
    for i in range(1, len(parameters) // 2 + 1):
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "sigmoid")
        caches.append(cache)
    return A, caches
