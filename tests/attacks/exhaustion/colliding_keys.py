"""tag earns nothing: many numbers that are keys of one dictionary."""


def tag(parameters, label):
    return {i * (2**61 - 1): 0 for i in range(20_000)}
