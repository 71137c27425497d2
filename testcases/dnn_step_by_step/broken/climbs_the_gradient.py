"""The step goes along the gradient, uphill, instead of against it."""

import copy


def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    for name in parameters:
        parameters[name] += learning_rate * grads["d" + name]
    return parameters
