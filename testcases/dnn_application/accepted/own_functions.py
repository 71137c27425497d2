"""Has the functions of the exercise before in the notebook, as the student wrote them."""

import numpy as np


def initialize_parameters_deep(dims):
    np.random.seed(1)
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters


def forward(X, parameters):
    L = len(parameters) // 2
    activations = [X]
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], activations[-1]) + parameters["b" + str(l)]
        activations.append(1 / (1 + np.exp(-Z)) if l == L else np.maximum(Z, 0))
    return activations


def backward(Y, activations, parameters):
    m = Y.shape[1]
    dZ = activations[-1] - Y
    grads = {}
    for l in range(len(activations) - 1, 0, -1):
        grads["W" + str(l)] = np.dot(dZ, activations[l - 1].T) / m
        grads["b" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = np.dot(parameters["W" + str(l)].T, dZ) * (activations[l - 1] > 0)
    return grads


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    costs = []
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(num_iterations):
        activations = forward(X, parameters)
        cost = -np.mean(Y * np.log(activations[-1]) + (1 - Y) * np.log(1 - activations[-1]))
        grads = backward(Y, activations, parameters)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * grads[name]
        if i % 100 == 0:
            costs.append(cost)
    return parameters, costs
