"""The loop over the layers never counts on, and so never ends."""

import copy


def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    i = 1
    while i <= len(parameters) // 2:
        parameters[f"W{i}"] -= learning_rate * grads[f"dW{i}"]
        parameters[f"b{i}"] -= learning_rate * grads[f"db{i}"]
    return parameters
