"""The weights are right, and the biases are still what they were."""

import copy


def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    for i in range(1, len(parameters) // 2 + 1):
        parameters[f"W{i}"] -= learning_rate * grads[f"dW{i}"]
    return parameters
