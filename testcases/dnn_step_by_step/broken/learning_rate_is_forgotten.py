"""The step is the whole gradient, whatever the learning rate is."""

import copy


def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    for name in parameters:
        parameters[name] -= grads["d" + name]
    return parameters
