"""Builds the deep network of the functions for one layer."""


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    L = len(layers_dims) - 1
    parameters = initialize_parameters_deep(layers_dims)
    costs = []
    for i in range(num_iterations):
        A, caches = X, {}
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            A, caches[layer] = linear_activation_forward(A, W, b, "sigmoid" if layer == L else "relu")
        if i % 100 == 0:
            costs.append(compute_cost(A, Y))
        dA = (A - Y) / (A * (1 - A))
        grads = {}
        for layer in range(L, 0, -1):
            activation = "sigmoid" if layer == L else "relu"
            dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_activation_backward(
                dA, caches[layer], activation
            )
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
