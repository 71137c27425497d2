"""Names its first parameter `parameters`, as older editions do, and copies array by array."""


def update_parameters(parameters, grads, learning_rate):
    new = {name: value.copy() for name, value in parameters.items()}
    for name, value in new.items():
        value -= learning_rate * grads["d" + name]
    return new
