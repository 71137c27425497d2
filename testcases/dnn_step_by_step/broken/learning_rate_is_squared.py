"""The learning rate multiplies the gradient twice."""

import copy


def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    for name in parameters:
        step = learning_rate * grads["d" + name]
        parameters[name] -= learning_rate * step
    return parameters
