"""Trains both networks with one function, as two layers are a network too."""


def train(X, Y, parameters, learning_rate, num_iterations):
    costs = []
    i = 0
    while i < num_iterations:
        AL, caches = L_model_forward(X, parameters)
        if not i % 100:
            costs += [float(compute_cost(AL, Y))]
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
        i += 1
    return parameters, costs


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    return train(X, Y, initialize_parameters(*layers_dims), learning_rate, num_iterations)


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    return train(X, Y, initialize_parameters_deep(layers_dims), learning_rate, num_iterations)
