"""double earns nothing (wrong_shape): a single number is not stretched over an array."""


def double(x):
    return 0.0
